import Inventory
import Vault
import YAML

/// A host of Ansible as one of ours.
struct HostTakeover {
    /// Variables that are read here.
    static let known: Set = [
        "ansible_host", "ansible_ssh_host", "ansible_port", "ansible_ssh_port", "ansible_user",
        "ansible_ssh_user",
        "ansible_private_key_file", "ansible_ssh_private_key_file", "ansible_password", "ansible_ssh_pass",
        "ansible_ssh_password", "ansible_become", "ansible_become_method", "ansible_become_user",
        "ansible_become_password", "ansible_become_pass", "ansible_sudo_pass", "ansible_ssh_common_args",
        "ansible_ssh_extra_args", "ansible_ssh_args", "ansible_connection", "ansible_host_key_checking",
        "ansible_ssh_host_key_checking", "ansible_timeout", "ansible_ssh_timeout", "ip", "node_labels",
        "node_taints",
    ]
    /// Beginnings of variables for what is not needed here: Python on the hosts, and how Ansible itself works.
    static let needless = [
        "ansible_python_", "ansible_pipelining", "ansible_ssh_pipelining", "ansible_remote_tmp",
        "ansible_shell_",
        "ansible_ssh_transfer_method", "ansible_ssh_retries", "ansible_ssh_executable", "ansible_facts",
        "ansible_interpreter_", "ansible_scp_", "ansible_sftp_", "ansible_become_exe", "ansible_become_flags",
    ]

    private let host: AnsibleInventory.Host
    private let place: (String) -> String?
    private let diagnostics: Diagnostics
    private var settings: [Starter.Setting] = []
    /// The vaults whose password is needed to log in.
    private(set) var vaults: Set<String> = []

    /// Prepares.
    init(_ host: AnsibleInventory.Host, place: @escaping (String) -> String?, diagnostics: Diagnostics) {
        self.host = host
        self.place = place
        self.diagnostics = diagnostics
    }

    /// The host; nil, with a warning, where it is none that can be reached from here.
    mutating func host(named name: String, role: Role) -> Starter.Host? {
        let isLocal: Bool
        switch text("ansible_connection") ?? "ssh" {
        case "local", "ansible.builtin.local": isLocal = true
        case "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh": isLocal = false
        case let other:
            warn(
                "'\(host.name)' is left out: it is not reached by SSH, but by '\(other)'",
                "ansible_connection")
            return nil
        }
        let address = text("ansible_host", "ansible_ssh_host") ?? (isLocal ? "127.0.0.1" : host.name)
        guard Starter.isAddress(address) else {
            warn(
                "'\(host.name)' is left out: '\(address)' is neither an IPv4 address nor a host name",
                "ansible_host",
                "ansible_ssh_host")
            return nil
        }
        var new = Starter.Host(name: name, address: address, role: role)
        new.isLocal = isLocal
        if let own = text("ip"), own != address, CIDR.address(of: own) != nil { new.privateAddress = own }
        new.labels = (host.variables["node_labels"]?.value.entries ?? []).compactMap { entry in
            entry.value.text.map { (entry.key, $0) }
        }
        new.taints = (host.variables["node_taints"]?.value.items ?? []).compactMap(\.text)
        becoming()
        if !isLocal { login() }
        new.settings = settings
        return new
    }

    private mutating func login() {
        let words = ["ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args"].compactMap {
            text($0)
        }
        var arguments: SSHArguments?
        do throws(GroupTree.Fault) {
            arguments = try SSHArguments(words.joined(separator: " "))
        } catch {
            warn("arguments for ssh are left out: \(error.message)", "ansible_ssh_common_args")
        }
        for left in arguments?.left ?? [] {
            warn(
                "'\(left)' for ssh is left out; write it into ~/.ssh/config", "ansible_ssh_common_args",
                "ansible_ssh_extra_args", "ansible_ssh_args")
        }
        set("user", text("ansible_user", "ansible_ssh_user") ?? arguments?.user)
        if let port = text("ansible_port", "ansible_ssh_port") ?? arguments?.port {
            if let number = Int(port) {
                if number != 22 { settings.append(Starter.Setting("port", yaml: "\(number)")) }
            } else {
                warn("the port '\(port)' is no number", "ansible_port", "ansible_ssh_port")
            }
        }
        if let key = text("ansible_private_key_file", "ansible_ssh_private_key_file") ?? arguments?.key {
            if let placed = place(key) {
                set("key", placed)
            } else {
                warn(
                    "there is no key '\(key)' here", "ansible_private_key_file",
                    "ansible_ssh_private_key_file")
            }
        }
        if let jump = arguments?.jump, !jump.isEmpty {
            let list = jump.map(Quoting.oneLine).joined(separator: ", ")
            settings.append(Starter.Setting("jump", yaml: jump.count == 1 ? list : "[\(list)]"))
        }
        secret("password", ["ansible_password", "ansible_ssh_pass", "ansible_ssh_password"])
        let checks = text("ansible_host_key_checking", "ansible_ssh_host_key_checking").map(Self.isTrue)
        set("hostKeys", arguments?.hostKeys ?? (checks == false ? "accept-new" : nil))
        if let seconds = (text("ansible_timeout", "ansible_ssh_timeout") ?? arguments?.timeout).flatMap({
            Int($0)
        }) {
            settings.append(Starter.Setting("connectTimeout", yaml: "\(seconds)"))
        }
        secret("sudoPassword", ["ansible_become_password", "ansible_become_pass", "ansible_sudo_pass"])
        set("knownHosts", arguments?.knownHosts)
    }

    /// Programs become root by sudo here, in every case.
    private func becoming() {
        if let method = text("ansible_become_method"), method != "sudo", method != "ansible.builtin.sudo" {
            warn("'\(host.name)' would be worked on by sudo, not by '\(method)'", "ansible_become_method")
        }
        if let user = text("ansible_become_user"), user != "root" {
            warn("'\(host.name)' would be worked on as root, not as '\(user)'", "ansible_become_user")
        }
        if let becomes = text("ansible_become"), !Self.isTrue(becomes), text("ansible_user") != "root" {
            warn("'\(host.name)' would be worked on by sudo, which is off for it", "ansible_become")
        }
    }

    // MARK: Values

    /// The text of the last of these variables that is there, which is the one that counts for Ansible.
    private func text(_ names: String...) -> String? {
        guard
            let variable = names.compactMap({ host.variables[$0] }).last(where: { $0.text?.isEmpty == false }
            ),
            let text = variable.text
        else { return nil }
        guard let filled = filled(text) else {
            diagnostics.warning(
                "'\(variable.name)' is left out: '\(text)' is more than the name of a variable",
                at: variable.value.mark)
            return nil
        }
        return filled
    }

    /// A text with the values of other variables in it; nil where it asks for more than that.
    private func filled(_ text: String, depth: Int = 0) -> String? {
        guard text.contains("{{") || text.contains("{%") else { return text }
        guard depth < 10 else { return nil }
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: /\{\{\s*(\w+)\s*\}\}/) {
            let name = String(match.1)
            let value = name == "inventory_hostname" ? host.name : host.variables[name]?.text
            guard let value, !Vault.isVault(value), let filled = filled(value, depth: depth + 1) else {
                return nil
            }
            result += rest[..<match.range.lowerBound] + filled
            rest = rest[match.range.upperBound...]
        }
        result += rest
        return result.contains("{{") || result.contains("{%") ? nil : result
    }

    private mutating func set(_ key: String, _ text: String?) {
        if let text { settings.append(Starter.Setting(key, text)) }
    }

    /// Says where a secret comes from: its file where that can be named, else itself as it is written.
    private mutating func secret(_ key: String, _ names: [String]) {
        guard
            var variable = names.compactMap({ host.variables[$0] }).last(where: { $0.text?.isEmpty == false })
        else {
            return
        }
        let mark = variable.value.mark
        for _ in 0..<10 {
            guard let name = variable.text?.wholeMatch(of: /\s*\{\{\s*(\w+)\s*\}\}\s*/).map({ String($0.1) }),
                let other = host.variables[name]
            else { break }
            variable = other
        }
        guard let text = variable.text else { return }
        let inline = try? Vault(text)
        if let id = variable.vault ?? inline?.name, let file = variable.file.flatMap(place) {
            vaults.insert(id)
            let pair = "{ vault: \(Quoting.oneLine(file)), key: \(Quoting.oneLine(variable.name)) }"
            settings.append(Starter.Setting(key, yaml: pair))
        } else if let inline {
            vaults.insert(inline.name)
            settings.append(Starter.Setting(key, yaml: text))
        } else if variable.vault != nil || text.contains("{{") || text.contains(where: \.isNewline)
            || text == "prompt"
        {
            diagnostics.warning("'\(variable.name)' cannot be taken over, and will be asked for", at: mark)
            set(key, "prompt")
        } else {
            diagnostics.warning(
                "'\(variable.name)' is written in plain text, and now in the new inventory too", at: mark)
            set(key, text)
        }
    }

    private static func isTrue(_ text: String) -> Bool {
        ["yes", "true", "on", "1", "y", "t"].contains(text.lowercased())
    }

    private func warn(_ message: String, _ names: String...) {
        let mark = names.compactMap { host.variables[$0]?.value.mark }.last
        diagnostics.warning(message, at: mark)
    }
}
