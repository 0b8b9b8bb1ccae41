import Foundation

/// The built executable, for tests that run it.
package enum Executable {
    /// Where it is: what `MOOC_CLUSTER_BINARY` names, else beside the test program.
    package static var path: String {
        if let named = ProcessInfo.processInfo.environment["MOOC_CLUSTER_BINARY"] { return named }
        let link = "/proc/self/exe"
        let runner = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? link
        return URL(fileURLWithPath: runner).deletingLastPathComponent().appending(path: "mooc-cluster").path
    }
}
