import Foundation
import Playbook
import TestSupport
import Testing

@Suite struct GoldenProgramTests {
    /// A playbook with every feature of the format.
    static let everything = """
        name: Every feature
        values: [ADDRESS, PASSWORD]
        steps:
          - name: a fact
            register: OS
            value: . /etc/os-release; printf '%s' "$ID"
          - name: swap is off now
            when: test -e /proc/swaps
            check: test -z "$(tail -n +2 /proc/swaps)"
            apply: swapoff -a
            timeout: 60
            retries: 5
          - name: packages are installed
            check: dpkg -s chrony
            apply: mc_patiently tries=3 apt-get install -y chrony
            uninterruptible: true
            effect: chrony restarts
            takes: 5
            brings: mc_fetches chrony || echo '- chrony'
          - name: something is there
            creates: /opt/thing
            apply: touch /opt/thing
            notify: reload
          - name: the user has a folder
            creates: /tmp/${OS}
            apply: mkdir "/tmp/$OS"
            sudo: false
          - name: a file with a value
            file: /etc/it's.conf
            content: |
              address ${ADDRESS}
              literal $${ADDRESS}
            notify: reload
          - name: a file with a secret
            file: /etc/secret.conf
            content: "password ${PASSWORD}"
            mode: "0600"
            owner: "0:0"
          - name: an old file is away
            file: /etc/old.conf
            absent: true
          - name: keys of a TOML file
            toml: /etc/containerd/config.toml
            set:
              'plugins."a.b".image': "${ADDRESS}/pause"
              'plugins."a.b".on': true
              'plugins."a.b".list': [x, "it's"]
          - name: the token is known
            creates: /etc/token
            apply: head -c 16 /dev/urandom >/etc/token
            register: TOKEN
            value: cat /etc/token
            secret: true
        handlers:
          reload: systemctl daemon-reload
        """

    static let cases: [(String, RunMode, Bool)] = [
        ("everything-apply.sh", .apply, false), ("everything-plan.sh", .plan, false),
        ("everything-apply-sudo.sh", .apply, true),
    ]

    private func program(_ mode: RunMode, usesSudo: Bool) throws -> Program {
        var values = Values()
        values["ADDRESS"] = "198.51.100.1"
        values["UNUSED"] = "not in the program"
        values.setSecret("PASSWORD", Secret("it's\na secret"))
        return Compiler.compile(
            try playbook(Self.everything), values: values, mode: mode,
            options: CompileOptions(
                token: "mc-golden", usesSudo: usesSudo, passingTrouble: ["timed out", "it's busy"]))
    }

    @Test(arguments: cases)
    func theProgramIsTheSameAsEver(file: String, mode: RunMode, usesSudo: Bool) throws {
        try Golden.expect(program(mode, usesSudo: usesSudo).text, is: file, in: .module)
    }

    @Test(arguments: cases)
    func shellcheckHasNothingToSay(file: String, mode: RunMode, usesSudo: Bool) async throws {
        try await withScratchFolder { folder in
            let path = folder + "/" + file
            try program(mode, usesSudo: usesSudo).text.write(toFile: path, atomically: false, encoding: .utf8)
            let result = try await run("shellcheck --external-sources --exclude=SC1091 \(path)")
            #expect(result.0 == .code(0), "\(result.1)")
        }
    }

    @Test(arguments: ["dash -n", "bash -n", "busybox sh -n"])
    func everyShellCanReadIt(shell: String) async throws {
        try await withScratchFolder { folder in
            for (file, mode, usesSudo) in Self.cases {
                let path = folder + "/" + file
                try program(mode, usesSudo: usesSudo).text.write(
                    toFile: path, atomically: false, encoding: .utf8)
                let result = try await run("\(shell) \(path)")
                #expect(result == (.code(0), ""))
            }
        }
    }

    @Test func aPlanHoldsNothingThatChangesAHost() throws {
        let text = try program(.plan, usesSudo: false).text
        for word in ["swapoff", "install -y", "daemon-reload", "mc_write", "apply_", "handler_0", "patient"] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test func valuesStandOnlyAtTheTop() throws {
        let text = try program(.apply, usesSudo: false).text
        #expect(text.components(separatedBy: "198.51.100.1").count == 2)
        #expect(text.components(separatedBy: "a secret'").count == 2)
        #expect(!text.contains("not in the program"))
    }

    private func run(_ line: String) async throws -> (CommandEnd, String) {
        let output = Collected()
        let end = try await LocalTransport(environment: ["PATH=/usr/bin:/bin"]).run(RemoteCommand(line)) {
            output.add($0.bytes)
        }
        return (end, output.text)
    }
}
