import ArgumentParser

/// The commands below `volume`.
struct VolumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "volume", abstract: "Look at the volumes of applications, and move them.",
        subcommands: [VolumeListing.self, VolumeMoving.self])
}
