internal import Cryptography

/// All that there is to log in to one host with.
struct LoginWays {
    private let target: Target
    private let agent: [AgentKey]

    /// Gathers for a host, with the keys of the operator's agent.
    init(_ target: Target, agent: [AgentKey]) {
        self.target = target
        self.agent = agent
    }

    /// In the order of offering: what this host took before in this run, the password where nobody named a key,
    /// the named keys, what another host took, the rest, and the password, which some want after a key.
    var ordered: [LoginWay] {
        var left = agent
        let certificates = target.certificateFiles.compactMap { Certificate(path: $0) }
        let named = target.identityFiles.flatMap { ways(of: $0, certificates, &left) }
        var others = target.identitiesOnly ? [] : left.map { LoginWay.agent($0) }
        others += target.defaultIdentityFiles.flatMap { ways(of: $0, certificates, &left) }
        let worked = others.filter { target.run.hasWorked($0) }
        let password = target.prefersPassword ? [LoginWay.password, .keyboard] : []
        let all = password + named + worked + others.filter { !worked.contains($0) } + [.password, .keyboard]
        let known = target.run.known(of: target.label).filter { all.contains($0) }
        return known + all.filter { !known.contains($0) }
    }

    /// A key file, by its certificates and by itself; through the agent where that has the key.
    private func ways(of path: String, _ certificates: [Certificate], _ left: inout [AgentKey]) -> [LoginWay]
    {
        let own = Certificate(path: path + "-cert.pub").map { [$0] } ?? []
        guard let blob = IdentityFile(path: path).publicHalf?.publicBase64.flatMap({ Base64.bytes(of: $0) })
        else { return [.file(path, certificate: own.first?.path)] }
        var seen: Set<[UInt8]> = []
        let fitting = (own + certificates).filter { $0.certifies(blob) && seen.insert($0.blob).inserted }
        guard left.contains(where: { $0.blob == blob }) else {
            return fitting.map { .file(path, certificate: $0.path) } + [.file(path, certificate: nil)]
        }
        // The agent shows a certificate that it has as one more key.
        left.removeAll { key in key.blob == blob || fitting.contains { $0.blob == key.blob } }
        let name = "\(path) (through the agent)"
        return fitting.map {
            .agent(AgentKey(blob: $0.blob, comment: name + " with \($0.path)", file: path, signer: blob))
        } + [.agent(AgentKey(blob: blob, comment: name, file: path))]
    }
}
