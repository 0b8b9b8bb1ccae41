import Synchronization
import Testing

@testable import Manifests

@Suite struct PatienceTests {
    /// Calls of a kubectl that fails a few times in the same way.
    private func calls(
        failing times: Int, _ words: String, _ arguments: [String] = ["get", "nodes"]
    ) async throws -> (calls: Int, code: Int32) {
        let count = Mutex(0)
        let kubectl: Kubectl = { _, _ in
            let call = count.withLock { count in
                count += 1
                return count
            }
            return call <= times
                ? KubectlOutput(output: [], error: Array(words.utf8), code: 1) : KubectlOutput(output: [])
        }
        let answer = try await patient(kubectl, FakeClock())(arguments, [])
        return (count.withLock { $0 }, answer.code)
    }

    // Words of client-go, the API server and etcd as their users report them.
    @Test(arguments: [
        "Unable to connect to the server: net/http: TLS handshake timeout",
        "The connection to the server 192.0.2.11:6443 was refused - did you specify the right host or port?",
        "Error from server: etcdserver: request timed out",
        "error: Get \"https://192.0.2.11:6443/api?timeout=32s\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)",
        "Error from server (InternalError): Internal error occurred: failed calling webhook \"validate.x.io\": connect: connection refused",
        "Error from server (ServiceUnavailable): the server is currently unable to handle the request",
        "Error from server (Forbidden): pods \"a\" is forbidden: error looking up service account b/default: serviceaccount \"default\" not found",
    ])
    func whatPassesIsAskedAgain(_ words: String) async throws {
        let result = try await calls(failing: 2, words)
        #expect(result == (3, 0))
    }

    @Test(arguments: [
        "error: error validating \"STDIN\": error validating data: unknown object type",
        "The Deployment \"lms\" is invalid: spec.template.spec.containers[0].image: Required value",
        "Error from server (Forbidden): nodes is forbidden: User \"x\" cannot list resource \"nodes\"",
        "Error from server (NotFound): namespaces \"openedx\" not found",
    ])
    func whatIsWrongFailsAtOnce(_ words: String) async throws {
        let result = try await calls(failing: 2, words)
        #expect(result == (1, 1))
    }

    @Test func patienceHasAnEnd() async throws {
        let result = try await calls(failing: 100, "Error from server: etcdserver: leader changed")
        #expect(result == (5, 1))
    }

    @Test func aProgramInAPodSpeaksForItself() async throws {
        let result = try await calls(
            failing: 100, "wget: can't connect to remote host (10.0.0.1): Connection refused",
            ["exec", "pod", "--", "wget", "x"])
        #expect(result == (1, 1))
    }
}
