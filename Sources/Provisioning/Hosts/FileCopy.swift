import Cryptography
package import Playbook

/// One file of this machine that hosts are to have.
package struct FileCopy: Sendable {
    /// The absolute path on hosts.
    package let path: String
    /// What the file holds.
    package let content: [UInt8]
    /// The permissions in octal digits without leading zeros.
    package let mode: String
    /// `user:group`; nil is root's, or the login user's own where root does not write it.
    package let owner: String?
    /// Whether root writes it.
    package let asRoot: Bool

    /// Makes one.
    package init(path: String, content: [UInt8], mode: String, owner: String?, asRoot: Bool) {
        self.path = path
        self.content = content
        self.mode = mode
        self.owner = owner
        self.asRoot = asRoot
    }

    /// The playbook that does it: the engine's own step for files, with the same check, diff and way of writing.
    package var playbook: Playbook {
        let text = content.contains(0) ? nil : String(validating: content, as: UTF8.self)
        let owner = owner.map { Template(parts: [.text($0)]) }
        let file = FileWork(
            path: Template(parts: [.text(path)]),
            content: Template(parts: [.text(text ?? Base64.encode(content))]), isBase64: text == nil,
            mode: mode,
            owner: owner ?? Template(parts: [asRoot ? .text("root:root") : .value("LOGIN_OWNER")]))
        let whose = Step(
            name: "whose the file will be", work: .query,
            registration: Registration(name: "LOGIN_OWNER", script: #"echo "$(id -un):$(id -gn)""#),
            asLoginUser: true)
        let write = Step(name: path, work: .file(file), asLoginUser: !asRoot)
        return Playbook(name: "copy", steps: (asRoot || owner != nil ? [] : [whose]) + [write])
    }
}
