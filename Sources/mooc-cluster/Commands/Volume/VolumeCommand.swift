import ArgumentParser

/// The commands below `volume`.
struct VolumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "volume", abstract: "Look at the volumes of applications, move them, and let them grow.",
        subcommands: [VolumeListing.self, VolumeMoving.self, VolumeResizing.self])
}
