import SSH

/// The error that connecting ends with; nil when it succeeds.
func failure(of settings: SSHSettings) async -> SSHError? {
    do throws(SSHError) {
        _ = try await Session.connect(settings)
        return nil
    } catch {
        return error
    }
}

/// Another error than the test is about.
struct Unexpected: Error {
    let error: SSHError?

    init(_ error: SSHError?) { self.error = error }
}
