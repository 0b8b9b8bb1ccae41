import Foundation
import Testing
import YAML

/// The command `init` where hosts are known already.
@Suite struct InitTests {
    @Test func anInventoryOfAnsibleBecomesOneThatHolds() async throws {
        try await withTool { tool in
            try tool.write(
                "[masters]\nm1 ansible_host=192.0.2.1\n[workers]\nw[1:2].example.edu\n", to: "site/hosts.ini")
            try tool.write("ansible_user: deploy\nplaybooks_own: 1\n", to: "site/group_vars/all.yml")
            let made = try await tool.run(["init", "--from", "site/hosts.ini"])
            #expect(made.status == 0, "\(made.errors)")
            #expect(made.output == "inventory.yml\n")
            #expect(made.errors.contains("left out, as variables of playbooks: playbooks_own"))
            #expect(made.errors.contains("control planes are the hosts of 'masters'"))
            let path = "\(tool.folder)/inventory.yml"
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing("<learn.example.edu>", with: "learn.example.edu")
                .write(toFile: path, atomically: false, encoding: .utf8)
            let valid = try await tool.run(["validate"])
            #expect(valid.status == 0, "\(valid.errors)")
        }
    }

    @Test func whatAnsibleWouldRefuseIsRefusedWithItsPlace() async throws {
        try await withTool { tool in
            try tool.write("m1\n[workers:children]\nnone\n", to: "hosts")
            let made = try await tool.run(["init", "--from", "hosts"])
            #expect(made.status == 65)
            #expect(made.errors.contains("hosts:3:1: no group 'none' is declared"))
            #expect(!FileManager.default.fileExists(atPath: "\(tool.folder)/inventory.yml"))
        }
    }

    @Test func theVaultPasswordComesFromAFile() async throws {
        try await withTool { tool in
            // By ansible-vault of ansible-core 2.19: `ansible_user: deploy`.
            try tool.write("m1 ansible_host=192.0.2.1\n", to: "hosts")
            try tool.write(
                """
                $ANSIBLE_VAULT;1.1;AES256
                62643838626430353037316538666364373063383834333062343962353561303562653133386437
                3262636463643366336161363836373839646364373536320a393966643130666163396462623166
                62383739333233363835666431623661306564363037363332656530393135366536663466306663
                3162623132616134620a393563363231366635303662336434663937343365393437356563653630
                62613231353364393533396263666131656539323933376532373564333963386531

                """, to: "group_vars/all.yml")
            let closed = try await tool.run(["init", "--from", "hosts"])
            #expect(closed.status == 65)
            #expect(closed.errors.contains("group_vars/all.yml:1:1: this is encrypted"))
            try tool.write("swordfish\n", to: "password")
            let made = try await tool.run(["init", "--from", "hosts", "--vault-password-file", "password"])
            #expect(made.status == 0, "\(made.errors)")
            let text = try String(contentsOfFile: "\(tool.folder)/inventory.yml", encoding: .utf8)
            #expect(text.contains("\n  user: deploy\n"))
        }
    }
}

/// The command `init` with hosts on the command line, over a stock sshd.
@Suite struct InitWithHostsTests {
    @Test func hostsThatAnswerStandInTheInventoryAsTheyAre() async throws {
        try await withTool { tool in
            try tool.write("", to: "inventory.in")
            let outcome = try await tool.script(
                """
                port=$(sed -n 's/^Port //p' sshd/sshd_config)
                tool init -i new.yml --key sshd/user_key --accept-new-host-keys \\
                    "$(id -un)@127.0.0.1:$port" "$(id -un)@127.0.0.2:$port" || exit
                sed -i 's/<learn.example.edu>/learn.example.edu/; s/^cluster: .*/cluster: \(tool.cluster)/' new.yml
                tool validate -i new.yml && tool ping -i new.yml --output json >ping.json
                """)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answers = try json(try String(contentsOfFile: "\(tool.folder)/ping.json", encoding: .utf8))
                .items
            #expect(answers?.map { $0["result"]?.text } == ["done", "done"])
            // The key of the host was kept where ssh keeps it.
            #expect(answers?.map { $0["hostKey"]?["wasKnown"]?.text } == ["true", "true"])
            let text = try String(contentsOfFile: "\(tool.folder)/new.yml", encoding: .utf8)
            // Both are this machine, so its name tells them apart no more than its address does.
            #expect(text.contains("- name: host-1\n    address: 127.0.0.1\n    role: control-plane\n"))
            // It has no interface with this one, so the way out tells its address inside of the cluster.
            #expect(
                text.contains(
                    /- name: host-2\n    address: 127.0.0.2\n(    privateAddress: .*\n)?    role: worker\n/))
            #expect(text.contains(#/\n {2}# .*; \d+ processors?; \d+\.\d GiB; \d+\.\d GiB free on //#))
            #expect(text.contains("\n  key: sshd/user_key\n"))
        }
    }

    @Test func whereOneCannotBeReachedNothingIsWritten() async throws {
        try await withTool { tool in
            try tool.write("", to: "inventory.in")
            let outcome = try await tool.script(
                """
                port=$(sed -n 's/^Port //p' sshd/sshd_config)
                tool init -i new.yml --key sshd/user_key --accept-new-host-keys "127.0.0.1:$port" 127.0.0.2:1
                """)
            #expect(outcome.status == 69, "\(outcome.errors)")
            #expect(outcome.errors.contains("127.0.0.2: error: "))
            #expect(!FileManager.default.fileExists(atPath: "\(tool.folder)/new.yml"))
        }
    }

    @Test(arguments: [["a b"], ["user@192.0.2.1", "192.0.2.1"], ["2001:db8::1"], ["--key", "k"]])
    func wordsThatNameNoHostAreRefused(words: [String]) async throws {
        try await withTool { tool in
            let outcome = try await tool.run(["init"] + words)
            #expect(outcome.status == 64)
        }
    }
}
