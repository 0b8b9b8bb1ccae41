package import Inventory
package import Playbook
package import SSH

/// Lets an operator's key log in to hosts, and proves that it does.
package struct KeySetup: Sendable {
    /// What came of a host.
    package struct Answer: Sendable {
        /// Whether the key was authorized before.
        package let wasAuthorized: Bool
        /// What others could write to, in the home folder: sshd ignores keys there.
        package let openPaths: [String]
        /// The key that the host showed.
        package let hostKey: HostKey?
    }

    /// A host that cannot keep the key.
    package struct Refusal: Error, CustomStringConvertible {
        /// What the host said.
        package let description: String
    }

    /// A host that has the key now and does not let it in.
    package struct Unproven: Error {
        /// What the login with the key said.
        package let error: any Error
        /// Whether others than the user may write to the home folder, for which sshd ignores the keys in it.
        package let isHomeOpen: Bool
    }

    /// Adds the line that is its first argument to `authorized_keys` unless a line there has the key, which is the second, and sets
    /// the modes that sshd asks for (StrictModes of sshd_config(5)); or looks alone, where its third is `plan`.
    private static let program = #"""
        #!/bin/sh
        set -eu
        umask 077
        line=$1 key=$2 mode=$3
        cd
        file=.ssh/authorized_keys present=
        if test -f "$file" && grep -v '^[[:space:]]*#' "$file" | grep -qF -- "$key"; then present=yes; fi
        test -z "$present" || echo present
        find . .ssh "$file" -prune -perm /022 2>/dev/null || true
        test "$mode" = apply || exit 0
        mkdir -p .ssh
        chmod go-w .ssh
        if test -z "$present"; then
            # the last line may lack its end
            if test -s "$file" && test -n "$(tail -c 1 "$file")"; then echo >>"$file"; fi
            printf '%s\n' "$line" >>"$file"
        fi
        chmod go-w "$file"
        if command -v restorecon >/dev/null 2>&1; then restorecon -R .ssh 2>/dev/null || true; fi
        """#

    private let surroundings: Surroundings
    private let proof: @Sendable (Host) async throws -> any Transport
    private let parallel: Int
    private let mode: RunMode

    /// Makes one.
    ///
    /// - Parameters:
    ///   - surroundings: ways to hosts as they are now.
    ///   - proof: opens the way to a host with nothing but its key.
    ///   - parallel: with how many hosts at once.
    ///   - mode: whether hosts are changed, or only asked what would.
    package init(
        _ surroundings: Surroundings, proof: @escaping @Sendable (Host) async throws -> any Transport,
        parallel: Int, mode: RunMode
    ) {
        self.surroundings = surroundings
        self.proof = proof
        self.parallel = parallel
        self.mode = mode
    }

    /// Sets the keys of hosts up.
    ///
    /// - Parameters:
    ///   - hosts: the hosts, all reached by SSH.
    ///   - keys: the public key for each, by the host's name.
    ///   - onEnd: called for each as soon as it is done, or will not be.
    /// - Returns: what came of each, in the same order.
    package func perform(
        _ hosts: [Host], keys: [String: PublicKeyLine],
        onEnd: @escaping @Sendable (Host, Result<Answer, any Error>) -> Void
    ) async -> [Result<Answer, any Error>] {
        await eachHost(
            of: hosts, parallel: parallel,
            { host in
                guard let key = keys[host.name] else { throw Refusal(description: "there is no key for it") }
                return try await authorize(key, on: host)
            }, onEnd: onEnd)
    }

    private func authorize(_ key: PublicKeyLine, on host: Host) async throws -> Answer {
        let transport = try await surroundings.connect(host)
        let arguments = [key.text, key.identity, mode.rawValue]
        let errand = Errand(.script(Array(Self.program.utf8), arguments: arguments))
        let ending = try await errand.run(over: transport, .none)
        let words = ending.lines(of: .output)
        guard ending.code == 0 else {
            let said = ending.lines(of: .error).joined(separator: "; ")
            throw Refusal(description: "the key cannot be kept there: \(said)")
        }
        if mode == .apply {
            do {
                _ = try await proof(host)
            } catch {
                throw Unproven(error: error, isHomeOpen: words.contains("."))
            }
        }
        return Answer(
            wasAuthorized: words.contains("present"),
            openPaths: words.filter { $0.hasPrefix(".ssh") }.map { "~/\($0)" },
            hostKey: await (transport as? SSHTransport)?.hostKey)
    }
}

extension Errand.Ending {
    /// What was written to one stream, line by line.
    fileprivate func lines(of stream: OutputPiece.Stream) -> [String] {
        let bytes = pieces.filter { $0.stream == stream }.flatMap(\.bytes)
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }
}
