import Console
import Inventory

/// A host or a version that is about to be written into the inventory file.
struct InventoryAddition: Sendable {
    /// What the file is to hold.
    let bytes: [UInt8]
    private let before: [UInt8]
    private let file: String
    private let what: String

    /// Works out the text with a host; nothing is written yet.
    ///
    /// - Throws: `UnfitInventory` when the file's shape does not allow it, and `FileError`.
    init(of host: NewHost, to file: String, _ context: Context) throws {
        before = try Files.read(context.path(file))
        bytes = try host.added(to: before, file: file)
        self.file = file
        what = host.name
    }

    /// Works out the text with a version; nothing is written yet.
    ///
    /// - Throws: `UnfitInventory` when the file's shape does not allow it, and ``Complaint`` when it cannot be read.
    init(of version: NewVersion, in common: CommonOptions, _ context: Context) throws {
        file = common.inventoryFile(context)
        before = try common.inventoryBytes(context)
        bytes = try version.written(into: before, file: file)
        what = version.line
    }

    /// Writes it, through whatever links lead to the file, unless that is what stands there.
    ///
    /// - Throws: ``Complaint`` when somebody has changed the file meanwhile, and `FileError`.
    func keep(_ context: Context) throws {
        guard bytes != before else { return }
        guard try Files.read(context.path(file)) == before else {
            throw Complaint(.failed, "\(file) was changed meanwhile; run the same command again")
        }
        try Files.rewrite(String(decoding: bytes, as: UTF8.self), through: context.path(file))
        context.console.say("written into \(file): \(what)")
    }
}
