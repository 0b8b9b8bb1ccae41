import Foundation
import Manifests
import TestSupport
import Testing
import YAML

/// Programs and logs of pods, and users.
@Suite struct UpkeepPodTests {
    private let cluster = FakeCluster()
    private let ada = NewUser(name: "ada", email: "ada@example.edu", isStaff: true, isSuperuser: false)

    @Test func aReadyPodComesBeforeOneThatOnlyRuns() async throws {
        let upkeep = try await cluster.running(Ironwood.rendered(), of: Ironwood.edition())
        let lms = try Ironwood.rendered().service("lms")
        let (dead, half, ready) = (
            Node.pod("lms-0", of: "lms", isRunning: false), Node.pod("lms-1", of: "lms"),
            Node.pod("lms-2", of: "lms", isReady: true)
        )
        func pod() async throws -> String? {
            try await upkeep.running(["true"], in: lms, takesInput: false).first { $0.hasPrefix("lms-") }
        }
        await cluster.put(pods: [dead, half, ready, .pod("studio-1", of: "studio", isReady: true)])
        #expect(try await pod() == "lms-2")
        await cluster.put(pods: [dead, half])
        #expect(try await pod() == "lms-1")
        await cluster.put(pods: [dead])
        await #expect(throws: UpkeepError.noPod("lms")) { try await pod() }
        var leaving = ready
        leaving[path: ["metadata", "deletionTimestamp"]] = "2026-11-21T20:00:00Z"
        await cluster.put(pods: [leaving, half])
        let arguments = try await upkeep.running(["cat", "-n"], in: lms, takesInput: true)
        #expect(arguments.starts(with: ["exec", "--stdin"]))
        #expect(arguments.suffix(4) == ["--container=lms", "--", "cat", "-n"])
    }

    @Test func logsOfSeveralPodsSayWhoseTheyAre() async throws {
        let upkeep = try await cluster.running(Ironwood.rendered(), of: Ironwood.edition())
        let lms = try Ironwood.rendered().service("lms")
        func logs(_ tail: Int? = nil, follows: Bool = false, previous: Bool = false) async throws
            -> [[String]]
        {
            try await upkeep.logs(of: lms, tail: tail, follows: follows, previous: previous)
        }
        await #expect(throws: UpkeepError.noPod("lms")) { try await logs() }
        await cluster.put(pods: [.pod("lms-1", of: "lms", isReady: true)])
        let common = ["--container=lms", "--tail=-1", "--namespace=openedx"]
        #expect(try await logs() == [["logs", "lms-1"] + common])
        await #expect(throws: UpkeepError.neverRestarted("lms")) { try await logs(previous: true) }
        await cluster.put(pods: [.pod("lms-1", of: "lms"), .pod("lms-2", of: "lms", restarts: 1)])
        let both = try await logs(5, follows: true)
        #expect(both.count == 1)
        #expect(both[0].contains("--prefix") && both[0].contains("--follow") && both[0].contains("--tail=5"))
        #expect(both[0].contains("--selector=app.kubernetes.io/name=lms"))
        let before = try await logs(previous: true)
        #expect(before.map { $0[1] } == ["lms-2"] && before[0].contains("--previous"))
    }

    @Test func theLogOfAJobIsThatOfItsLastTry() async throws {
        let job = try Ironwood.rendered().job("lms-provision")
        let upkeep = try await cluster.running(Ironwood.rendered(), of: Ironwood.edition())
        await #expect(throws: UpkeepError.noPod("lms-provision")) { try await upkeep.log(of: job) }
        let labels: Node = ["job-name": .string(job.name)]
        await cluster.put(pods: [
            .pod("b", labels: labels, created: "2026-11-21T20:00:09Z"),
            .pod("a", labels: labels, created: "2026-11-21T20:00:10Z"),
        ])
        #expect(try await upkeep.log(of: job)[1] == "a")
    }

    @Test(arguments: ["ironwood", "verawood"])
    func aUsersPasswordStandsInNoArgument(edition name: String) async throws {
        let (rendered, edition) =
            name == "ironwood"
            ? (try Ironwood.rendered(), try Ironwood.edition())
            : (try Verawood.rendered(), try Verawood.edition())
        let upkeep = try await cluster.running(rendered, of: edition)
        await cluster.put(pods: [.pod("lms-1", of: "lms", isReady: true)])
        await cluster.answerPrograms { _ in
            KubectlOutput(output: Array("noise\nmooc-cluster: created\n".utf8))
        }
        #expect(try await upkeep.create(ada, password: "canary-\"8Zq"))
        #expect(await !cluster.calls.joined().contains { $0.contains("canary") })
        let input = try #require(await cluster.read.last)
        let values = YAMLParser.document(input, file: "input", diagnostics: Diagnostics())
        #expect(values?["password"]?.text == "canary-\"8Zq" && values?["name"]?.text == "ada")
        await cluster.answerPrograms { _ in KubectlOutput(output: Array("mooc-cluster: changed\n".utf8)) }
        #expect(try await !upkeep.create(ada, password: "another-8Zq"))
        await cluster.answerPrograms { _ in KubectlOutput(output: [], error: Array("no\n".utf8), code: 1) }
        await #expect(throws: UpkeepError.userRefused("no")) {
            try await upkeep.create(ada, password: "another-8Zq")
        }
    }

    /// The program that makes users, in a real Python with a Django of the test's own.
    @Test func theProgramMakesChangesAndRefusesUsers() async throws {
        try await withScratchFolder { folder in
            for (file, text) in Self.django {
                let path = URL(filePath: folder).appending(path: file)
                try FileManager.default.createDirectory(
                    at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: path, atomically: true, encoding: .utf8)
            }
            let upkeep = try await cluster.running(Verawood.rendered(), of: Verawood.edition())
            await cluster.put(pods: [.pod("lms-1", of: "lms", isReady: true)])
            _ = try? await upkeep.create(ada, password: "first-8Zq")
            let code = try #require(await cluster.calls.last?.last)
            let input = String(decoding: try #require(await cluster.read.last), as: UTF8.self)
            func run(_ input: String) async throws -> (code: Int32, output: String) {
                try input.write(toFile: folder + "/input", atomically: true, encoding: .utf8)
                // as Django 1.11 does, inside of a function
                let run = "import sys\ndef shell():\n    exec(sys.argv[1])\nshell()\n"
                let words = #"cd "$0" && exec python3 -B -c "$1" "$2" <input"#
                return try await Command.run(["sh", "-c", words, folder, run, code])
            }
            _ = try? await upkeep.plan(creationOf: ada)
            let question = String(decoding: try #require(await cluster.read.last), as: UTF8.self)
            let absent = try await run(question)
            #expect(absent.code == 0 && absent.output.contains("mooc-cluster: absent"), "\(absent.output)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/users.json"))
            let made = try await run(input)
            #expect(made.code == 0 && made.output.contains("mooc-cluster: created"), "\(made.output)")
            let changed = try await run(input.replacing("first-8Zq", with: "second-8Zq"))
            #expect(changed.output.contains("mooc-cluster: changed"), "\(changed.output)")
            let other = try await run(input.replacing("ada@example.edu", with: "eve@example.edu"))
            #expect(other.code == 1 && other.output.contains("is there already, with the address ada@"))
            let present = try await run(question)
            #expect(present.code == 0 && present.output.contains("mooc-cluster: present"))
            let kept = try String(contentsOfFile: folder + "/users.json", encoding: .utf8)
            #expect(kept.contains("second-8Zq") && kept.contains(#""is_staff": true"#), "\(kept)")
        }
    }

    /// As much of Django as the program needs, with its users in a file.
    private static let django = [
        "django/__init__.py": "", "django/contrib/__init__.py": "", "django/core/__init__.py": "",
        "django/contrib/auth.py": """
        import json, os

        class User:
            def __init__(self, **values):
                self.__dict__.update(values)
            def set_password(self, password):
                self.password = password
            def save(self):
                json.dump(self.__dict__, open('users.json', 'w'))

        class objects:
            @staticmethod
            def filter(username):
                return objects
            @staticmethod
            def first():
                return User(**json.load(open('users.json'))) if os.path.exists('users.json') else None
            @staticmethod
            def get(username):
                return objects.first()

        User.objects = objects
        get_user_model = lambda: User

        """,
        "django/core/management.py": """
        from django.contrib.auth import User

        def call_command(name, username, email):
            assert name == 'manage_user'
            User(username=username, email=email, is_staff=False, is_superuser=False).save()

        """,
        "django/db.py": """
        import contextlib

        class transaction:
            atomic = staticmethod(contextlib.nullcontext)

        """,
    ]
}
