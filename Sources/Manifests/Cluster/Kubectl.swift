/// Runs kubectl where it can reach the cluster: its arguments and standard input in, its outputs and exit code out.
///
/// Arguments are visible in process lists, so secrets go by standard input.
package typealias Kubectl = @Sendable (_ arguments: [String], _ input: [UInt8]) async throws -> KubectlOutput

/// What one run of kubectl gave.
package struct KubectlOutput: Sendable, Hashable {
    /// Standard output.
    package var output: [UInt8]
    /// Standard error.
    package var error: [UInt8]
    /// Exit code.
    package var code: Int32

    /// Makes an output.
    package init(output: [UInt8], error: [UInt8] = [], code: Int32 = 0) {
        self.output = output
        self.error = error
        self.code = code
    }
}
