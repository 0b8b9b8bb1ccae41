internal import Glibc

/// A key in the operator's agent.
struct AgentKey: Sendable, Hashable {
    /// The public half as it travels.
    let blob: [UInt8]
    /// What the agent calls it, mostly the file that it came from.
    let comment: String
    /// The operator's own file of it, where one is named.
    var file: String?
    /// The key of the agent that signs, where the agent does not know this one (a certificate in a file).
    var signer: [UInt8]?

    /// The key as a person knows it.
    var words: String { file == nil ? "\(comment) of the agent" : comment }
}

/// A conversation with an SSH agent (draft-ietf-sshm-ssh-agent: length, type, content).
struct Agent: ~Copyable {
    /// The answer to a question that the agent does not know or want.
    static let failure: [UInt8] = [5]
    /// Asks for the list of keys.
    static let requestIdentities: UInt8 = 11
    /// The list of keys.
    static let identitiesAnswer: UInt8 = 12
    /// Asks for a signature by a key.
    static let signRequest: UInt8 = 13

    private let socket: Descriptor

    /// Talks over that socket.
    init(_ socket: consuming Descriptor) { self.socket = socket }

    /// Connects to an agent; nil when nobody listens there.
    ///
    /// - Parameters:
    ///   - path: the agent's socket.
    ///   - seconds: how long an answer may take.
    init?(path: String, seconds: Int) {
        let number = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { return nil }
        let socket = Descriptor(number)
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let rc = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard rc == 0 else { return nil }
        self.socket = socket
    }

    /// The next message; nil when the other side has hung up, is too slow or talks nonsense.
    func receive() -> [UInt8]? {
        guard let head = read(4) else { return nil }
        let count = head.reduce(0) { $0 << 8 | Int($1) }
        return (1...256 * 1024).contains(count) ? read(count) : nil
    }

    /// Sends a message; false when the other side has hung up.
    func send(_ message: [UInt8]) -> Bool {
        let bytes = WireMessage.number(message.count) + message
        return Glibc.send(socket.raw, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// The agent's keys; empty when it is locked or hangs up.
    func keys() -> [AgentKey] {
        guard send([Self.requestIdentities]), let answer = receive(), answer.first == Self.identitiesAnswer
        else {
            return []
        }
        var message = WireMessage(bytes: answer.dropFirst())
        guard let count = message.number() else { return [] }
        return (0..<min(count, 1024)).compactMap { _ in
            guard let blob = message.string(), let comment = message.string() else { return nil }
            return AgentKey(blob: Array(blob), comment: String(decoding: comment, as: UTF8.self))
        }
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var position = 0
        while position < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(socket.raw, $0.baseAddress?.advanced(by: position), count - position, 0)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            position += got
        }
        return bytes
    }
}
