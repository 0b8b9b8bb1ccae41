import Foundation
import Testing
import YAML

extension ClusterLife {
    @Test("`openedx status` says that all is well, the images of all services, and that all jobs are done")
    func openedxStatus() async throws {
        try await requireProven()
        // A database was away a moment ago: the probes of those that need it see that late, and see its return late.
        let status = try await eventually("a status that says that all is well", within: .seconds(90)) {
            let status = try await openedx("status", "--output", "json")
            return status.code == 0 ? status : nil
        }
        let result = YAMLParser.document(status.output, file: "status", diagnostics: Diagnostics())
        #expect(result?["well"]?.text == "true")
        let services = result?["services"]?.items ?? []
        #expect(services.compactMap { $0["name"]?.text }.sorted() == Edition.ironwood.services)
        #expect(services.allSatisfy { $0["image"]?.text?.contains(":") == true })
        let jobs = result?["jobs"]?.items ?? []
        #expect(!jobs.isEmpty && jobs.allSatisfy { $0["isTrue"]?.text == "true" })
        let list = try await openedx("jobs", "list")
        list.expect(code: 0)
        list.expect(line: "lms-provision", "done 20")
    }

    @Test("`openedx exec` passes on input, both outputs and the exit code")
    func openedxExec() async throws {
        try await requireProven()
        let exec = try await openedx(
            "exec", "lms", "--", "sh", "-c", "cat; echo beside >&2; exit 7", input: "one\ntwo\n")
        exec.expect(code: 7)
        #expect(exec.output == "one\ntwo\n")
        #expect(exec.messages.hasPrefix("beside\n"))
    }

    @Test("`openedx manage` and `create-user` run manage.py, the password on its input; `logs` shows a log")
    func openedxManage() async throws {
        try await requireProven()
        // The stand-in has no manage.py: this one tells what it was given, and does not say the password.
        let standIn = """
            mkdir -p /edx/app/edxapp/edx-platform
            : >/edx/app/edxapp/edxapp_env
            printf '#!/bin/sh\\nexec python3 "$@"\\n' >/usr/local/bin/python
            chmod 755 /usr/local/bin/python
            cat >/edx/app/edxapp/edx-platform/manage.py <<'END'
            import json, sys
            if 'shell' in sys.argv:
                wanted = json.load(sys.stdin)
                sys.exit('weak') if len(wanted['password']) < 12 else print('mooc-cluster: created')
            else:
                print(' '.join(sys.argv[1:]))
            END
            """
        try await openedx("exec", "lms", input: standIn).require(code: 0)
        let manage = try await openedx("manage", "--", "showmigrations", "student")
        manage.expect(code: 0)
        #expect(manage.output == "lms --settings mooc_cluster showmigrations student\n")

        let user = ["create-user", "ada", "ada@example.edu", "--staff", "--password", "env:ADA"]
        let made = try await Self.canary.watch {
            try await openedx(user, environment: ["ADA": Self.canary.secrets[0]])
        }
        made.expect(code: 0)
        made.expect(line: "ada is a user now")
        let refused = try await openedx(user, environment: ["ADA": "short"])
        refused.expect(code: 1)
        refused.expect(line: "weak")

        let logs = try await openedx("logs", "mongo", "--tail", "5")
        logs.expect(code: 0)
        logs.expect(line: "stand-in for mongod")
        let follow = try command(["logs", "mongo", "--follow"]).start(name: "openedx-logs")
        try await follow.reaches("the pod's log", within: .seconds(30)) {
            follow.output.contains("stand-in for mongod")
        }
        follow.signal(SIGINT)
        try await follow.end(within: .seconds(20)).expect(code: 130)
    }

    @Test("`openedx jobs run` does a job again, and shows its log")
    func openedxJobs() async throws {
        try await requireProven()
        let old = try await jobs().first { $0.name.hasPrefix("mysql-accounts-") }?.at("metadata", "uid")?.text
        try await openedx("jobs", "run", "mysql-accounts").require(code: 0)
        let new = try await jobs().first { $0.name.hasPrefix("mysql-accounts-") }
        #expect(new?.at("metadata", "uid")?.text != old)
        #expect(new?.at("status", "succeeded")?.text == "1")
        try await openedx("jobs", "logs", "mysql-accounts").expect(code: 0)
        try await openedx("jobs", "list").expect(code: 0)
    }

    @Test("`openedx restart`, `rollback` and `scale` end with what was asked for, and say so")
    func openedxRollout() async throws {
        try await requireProven()
        let before = try await state.pods(of: "forum").map(\.name)
        let restart = try await openedx("restart", "forum")
        try restart.require(code: 0)
        let after = try await serving("forum")
        #expect(Set(after).isDisjoint(with: before))
        for pod in after { restart.expect(line: "restarted: deployment/forum", pod) }

        // A restart is no other version: what comes back is what was before this change.
        try await state.kubectl("set", "env", "deployment/forum", "LAB=changed", "--namespace", "openedx")
            .require(code: 0)
        let back = try await openedx("rollback", "forum")
        back.expect(code: 0)
        back.expect(line: "env[LAB]", "none")

        let more = try await openedx("scale", "credentials=2")
        more.expect(code: 0)
        more.expect(line: "replicas: { credentials: 2 }")
        #expect(try await serving("credentials").count == 2)
        try await openedx("scale", "credentials=1").expect(line: "as the inventory says")
        try await state.expectProven(nodes: Self.nodes, within: .seconds(60))
    }

    @Test("`openedx prune` shows what is not rendered, removes it when told to, and leaves secrets alone")
    func openedxPrune() async throws {
        try await requireProven()
        for kind in [["configmap"], ["secret", "generic"]] {
            try await state.kubectl(["create"] + kind + ["left-over", "--namespace", "openedx"])
                .require(code: 0)
            try await state.kubectl([
                "label", kind[0], "left-over", "--namespace", "openedx", "mooc-cluster/owner=openedx",
            ]).require(code: 0)
        }
        let asked = try await openedx("prune")
        asked.expect(code: 64)
        asked.expect(line: "- configmap/left-over")
        #expect(try await state.kubectl.list("configmaps", in: "openedx").contains { $0.name == "left-over" })
        let pruned = try await openedx("prune", "--yes")
        pruned.expect(code: 0)
        pruned.expect(line: "removed: configmap/left-over")
        pruned.expect(line: "kept", "secret/left-over")
        try await openedx("prune", "--yes").expect(line: "nothing to remove")
        try await state.kubectl("delete", "secret", "left-over", "--namespace", "openedx").require(code: 0)
    }

    /// The pods of a service that are ready and not on their way out.
    private func serving(_ service: String) async throws -> [String] {
        try await state.pods(of: service)
            .filter { ClusterState.isReady($0) && $0.at("metadata", "deletionTimestamp") == nil }.map(\.name)
    }

    private func jobs() async throws -> [Node] { try await state.kubectl.list("jobs", in: "openedx") }

    private func openedx(_ words: String..., input: String = "") async throws -> Outcome {
        try await openedx(words, input: input)
    }

    private func openedx(
        _ words: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> Outcome {
        try await command(words, input: input, environment: environment)
            .run(name: "openedx", within: .seconds(120))
    }

    private func command(
        _ words: [String], input: String = "", environment: [String: String] = [:]
    ) throws -> Command {
        var command = try site.command(["openedx"] + words, environment: environment)
        command.input = input
        return command
    }
}
