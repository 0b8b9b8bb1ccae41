import Foundation
import Testing
import YAML

/// What of `openedx …` is refused before anything is asked.
@Suite struct OpenEdXUsageTests {
    @Test(arguments: [
        (["exec"], "service"), (["exec", "lsm", "--", "true"], "did you mean 'lms'?"),
        (["logs", "studo"], "did you mean 'studio'?"), (["logs", "lms", "--tail", "-1"], "--tail"),
        (["logs", "lms", "--follow", "--previous"], "followed"),
        (["manage", "lms"], "such as -- help"), (["manage", "lmss", "--", "help"], "did you mean 'lms'?"),
        (["jobs", "logs", "lms"], "there are mysql-accounts"),
        (["jobs", "run", "lms-provison"], "did you mean 'lms-provision'?"), (["jobs", "run"], "names"),
        (["restart", "lms", "mangodb"], "no service 'mangodb'"), (["rollback", "lms", "--to", "0"], "begin"),
        (["scale", "lms"], "service=number"), (["scale", "lms=-1"], "lms=-1"),
        (["scale", "lms=1001"], "lms=1001"), (["scale", "lmsx=2"], "did you mean 'lms'?"),
        (["create-user", "ada"], "email"), (["create-user", "ada", "ada"], "no e-mail address"),
        (["create-user", "a b", "ada@example.edu"], "a name has letters"),
        (["create-user", "ada", "ada@example.edu", "--password", "hunter2"], "--password"),
        (["import-demo"], "from https://github.com/openedx/openedx-demo-course/archive/"),
    ])
    func wrongUseIsSaidAtOnce(arguments: [String], words: String) async throws {
        try await withTool { tool in
            try tool.write(
                """
                cluster: nowhere
                hosts:
                  - { name: a, address: 192.0.2.1, role: control-plane }
                openedx: { edition: ironwood, host: learn.example.edu }

                """, to: "inventory.yml")
            let outcome = try await tool.run(["openedx"] + arguments)
            #expect(outcome.status == 64, "\(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(Records(tool).names.isEmpty, "no run was begun")
        }
    }

    @Test func aDatabaseStaysOne() async throws {
        try await withTool { tool in
            try tool.write(
                """
                cluster: nowhere
                hosts:
                  - { name: a, address: 192.0.2.1, role: control-plane }
                openedx: { host: learn.example.edu }

                """, to: "inventory.yml")
            for service in ["mysql", "mongodb", "redis", "caddy"] {
                let outcome = try await tool.run(["openedx", "scale", "\(service)=2"])
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("\(service) stays one: "), "\(outcome.errors)")
            }
        }
    }
}

extension ThisMachine {
    /// `openedx …` on this machine as the control plane, with a kubectl that is a script.
    @Suite struct OpenEdXTests {
        /// Answers for one ready pod of every service, and runs what is to run in it here.
        private static let kubectl = #"""
            case $1 in
                get)
                    case $2 in
                        pods) echo '{kind: List, items: [{metadata: {name: p}, status: {conditions: [{type: Ready, status: "True"}]}}]}' ;;
                        secret) echo '{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {word: Y2FuYXJ5LWxvZ3MtMQ==}}' ;;
                        *) echo '{kind: List, items: []}' ;;
                    esac ;;
                exec)
                    while [ "$1" != -- ]; do shift; done
                    shift
                    exec "$@" ;;
                logs) echo "line one"; echo "trouble" >&2; printf 'the password is canary-logs-1\n' ;;
            esac
            """#

        @Test func aProgramsStreamsAndCodeArePassedOn() async throws {
            try await withKubectl(Self.kubectl) { tool in
                let words = "printf 'a\\377b'; echo trouble >&2; exit 3"
                let outcome = try await tool.run([
                    "openedx", "exec", "lms", "--", "sh", "-c", "printf ab; echo trouble >&2; exit 3",
                ])
                #expect(outcome.status == 3, "\(outcome.errors)")
                #expect(outcome.output == "ab")
                #expect(outcome.errors == "trouble\n")
                // bytes that are no text, read from a file that the shell opens
                try tool.write(words, to: "words")
                let wrapper = ["/bin/sh", "-c", #""$0" "$@" <words | od -An -tx1"#]
                let bytes = try await tool.run(["openedx", "exec", "lms"], through: wrapper)
                #expect(bytes.output.split(separator: " ").joined() == "61ff62\n", "\(bytes)")
                let summary = try #require(Records(tool).names.last)
                let kept = try String(
                    contentsOfFile: "\(Records(tool).folder)/\(summary)/summary.json", encoding: .utf8)
                #expect(try json(kept)["command"]?.text == "openedx-exec")
                #expect(try json(kept)["code"]?.text == "3")
            }
        }

        @Test func logsHideTheClustersSecrets() async throws {
            try await withKubectl(Self.kubectl) { tool in
                let outcome = try await tool.run(["openedx", "logs", "lms"])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output == "line one\nthe password is ••••••\n")
                #expect(outcome.errors == "trouble\n")
            }
        }

        @Test func theRootOfAnAuthorityIsGivenWhereThereIsOne() async throws {
            // No pod is there to be asked.
            let kubectl = #"""
                case $1,$2 in
                    get,secret) echo "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {$(cat data)}}" ;;
                    *) echo '{kind: List, items: []}' ;;
                esac
                """#
            try await withKubectl(kubectl) { tool in
                try tool.write("word: Y2FuYXJ5LWxvZ3MtMQ==", to: "data")
                let none = try await tool.run(["openedx", "authority"])
                #expect(none.status == 65)
                #expect(none.errors.contains("write 'tls: internal'"), "\(none.errors)")
                let place = tool.folder + "/inventory.yml"
                let inventory = try String(contentsOfFile: place, encoding: .utf8)
                try tool.write(
                    inventory.replacing("edition: ironwood", with: "tls: internal"), to: "inventory.yml")
                let early = try await tool.run(["openedx", "authority"])
                #expect(early.status == 1)
                #expect(early.errors.contains("the cluster has no root certificate yet"), "\(early.errors)")
                // Everybody may know "root\nof all\n".
                try tool.write(
                    "authority-certificate: cm9vdApvZiBhbGwK, authority-key: Y2FuYXJ5LWtleQ==", to: "data")
                let printed = try await tool.run(["openedx", "authority"])
                #expect(printed.status == 0, "\(printed.errors)")
                #expect(printed.output == "root\nof all\n")
                let written = try await tool.run(["openedx", "authority", "--out", "root.pem"])
                #expect(written.status == 0, "\(written.errors)")
                let file = try String(contentsOfFile: tool.folder + "/root.pem", encoding: .utf8)
                #expect(file == printed.output)
            }
        }

        @Test func nothingIsPrunedThatNobodyHasConfirmed() async throws {
            let kubectl = #"""
                case $1,$2 in
                    get,deployments*) echo '{kind: List, items: [{apiVersion: apps/v1, kind: Deployment, metadata: {name: old, namespace: openedx}}, {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: old, namespace: openedx}}]}' ;;
                    delete,*) cat >>deleted ;;
                    *) echo '{kind: List, items: []}' ;;
                esac
                """#
            try await withKubectl(kubectl) { tool in
                let asked = try await tool.run(["openedx", "prune"])
                #expect(asked.status == 64)
                #expect(asked.errors.contains("- deployment/old"))
                #expect(asked.errors.contains("--yes"))
                #expect(!FileManager.default.fileExists(atPath: tool.folder + "/deleted"))
                let done = try await tool.run(["openedx", "prune", "--yes"])
                #expect(done.status == 0, "\(done.errors)")
                #expect(done.output.contains("removed: deployment/old"))
                #expect(
                    done.output.contains(
                        "kept, since it may hold what is nowhere else: persistentvolumeclaim/old"))
                let deleted = try String(contentsOfFile: tool.folder + "/deleted", encoding: .utf8)
                #expect(deleted.contains("Deployment") && !deleted.contains("PersistentVolumeClaim"))
            }
        }
    }
}
