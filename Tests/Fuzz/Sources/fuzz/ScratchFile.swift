import Glibc

/// A file without a name that readers of files are pointed to.
struct ScratchFile {
    /// Where it is, for this process alone.
    let path: String
    private let descriptor: Int32

    /// Makes an empty file in memory, which nothing is left of when the process ends.
    init() {
        var name = Array("/dev/shm/fuzz-XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        expect(descriptor >= 0, "no file in memory: \(String(cString: strerror(errno)))")
        unlink(name)
        path = "/proc/self/fd/\(descriptor)"
    }

    /// Replaces what is in it.
    func write(_ bytes: [UInt8]) {
        expect(ftruncate(descriptor, 0) == 0, "not emptied")
        expect(pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, "not written")
    }
}
