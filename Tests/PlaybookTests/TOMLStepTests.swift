import Playbook
import TestSupport
import Testing

@Suite struct TOMLStepTests {
    static let containerd = """
        version = 2
        # the root's own comment
        [plugins]
          [plugins."io.containerd.grpc.v1.cri"]
            sandbox_image = "registry.k8s.io/pause:3.6" # old
            bin_dirs = [
              "/a", # one ]
              "/b",
            ]
            kept = 'as it is'
            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
              BinaryName = ""

        """

    static let steps = """
        name: TOML
        values: [ROOT, IMAGE]
        steps:
          - name: the keys are set
            toml: ${ROOT}/config.toml
            set:
              'plugins."io.containerd.grpc.v1.cri".sandbox_image': "${IMAGE}"
              'plugins."io.containerd.grpc.v1.cri".bin_dirs': [/opt/cni/bin]
              'plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options.SystemdCgroup': true
              'plugins."io.containerd.grpc.v1.cri".registry.config_path': /etc/containerd/certs.d
              oom_score: -999
        """

    static let wanted = """
        oom_score = -999
        version = 2
        # the root's own comment
        [plugins]
          [plugins."io.containerd.grpc.v1.cri"]
            sandbox_image = "pause \\"quoted\\" \\\\ $(x)"
            bin_dirs = ["/opt/cni/bin"]
            kept = 'as it is'
            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
              SystemdCgroup = true
              BinaryName = ""

        [plugins."io.containerd.grpc.v1.cri".registry]
          config_path = "/etc/containerd/certs.d"

        """

    @Test(arguments: FakeNode.Shell.allCases)
    func keysAreSetAndTheRestIsKept(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try stage.node.write(Self.containerd, to: "config.toml")
            let values = ["IMAGE": #"pause "quoted" \ $(x)"#]
            #expect(try await stage.outcomes(Self.steps, values, mode: .plan) == ["wouldChange"])
            #expect(stage.node.read("config.toml") == Self.containerd)
            #expect(try await stage.outcomes(Self.steps, values) == ["changed"])
            #expect(collapsed(stage.node.read("config.toml")) == collapsed(Self.wanted))
            #expect(try await stage.outcomes(Self.steps, values) == ["ok"])
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aFileThatIsNotThereIsMade(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let first = try await stage.outcomes(Self.steps, ["IMAGE": "p"])
            #expect(first == ["changed"])
            #expect(stage.node.read("config.toml")?.hasPrefix("oom_score = -999\n") == true)
            let second = try await stage.outcomes(Self.steps, ["IMAGE": "p"])
            #expect(second == ["ok"])
        }
    }

    @Test(arguments: [
        ("key = 'value'\n", true), ("key=\"value\"   # why\n", true), ("[a]\nkey = 1\n", false),
        ("\"key\" = \"value\"\n", true), ("key = \"\"\"\nvalue\"\"\"\n", false),
        ("# key = \"value\"\n", false),
    ])
    func whatMeansTheSameIsLeftAlone(content: String, isRight: Bool) async throws {
        try await Stage.with { stage in
            try stage.node.write(content, to: "config.toml")
            let result = try await stage.play(
                """
                name: Same
                values: [ROOT]
                steps:
                  - name: the key
                    toml: ${ROOT}/config.toml
                    set: { key: value }
                """)
            #expect(outcomes(result) == [isRight ? "ok" : "changed"])
            if isRight { #expect(stage.node.read("config.toml") == content) }
        }
    }

    @Test(arguments: ["a = { b = 1 }\n", "[[a]]\nx = 1\n"])
    func whatCannotBePatchedIsSaid(content: String) async throws {
        try await Stage.with { stage in
            try stage.node.write(content, to: "config.toml")
            let result = try await stage.play(
                """
                name: Inline
                values: [ROOT]
                steps:
                  - name: the key
                    toml: ${ROOT}/config.toml
                    set: { a.b: 2 }
                """)
            let failure = try #require(result.failure)
            #expect(failure.reason == .apply)
            let isOneLine = content.contains("{")
            let words = isOneLine ? "line 1: a is written in one line" : "a is a list of tables"
            #expect(failure.lastLines.contains { $0.contains(words) })
            #expect(stage.node.read("config.toml") == content)
        }
    }

    /// Blank lines do not matter here.
    private func collapsed(_ text: String?) -> [Substring] {
        (text ?? "").split(separator: "\n")
    }
}
