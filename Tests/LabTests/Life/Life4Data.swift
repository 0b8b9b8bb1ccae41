import Testing
import YAML

extension ClusterLife {
    @Test("a database's pod deleted: another takes its place, and the row is still there")
    func databaseKeepsItsRows() async throws {
        try await requireProven()
        let old = try #require(try await state.pods(of: "mysql").first)
        try await sql("CREATE DATABASE IF NOT EXISTS lab; CREATE TABLE IF NOT EXISTS lab.kept (word CHAR(9))")
            .require(code: 0)
        try await sql("INSERT INTO lab.kept VALUES ('stillhere')").require(code: 0)
        // A kubelet of 1.20 may keep the object of a pod that has ended until it clears away containers, once a minute.
        try await state.kubectl("delete", "pod", old.name, "--namespace", "openedx", "--wait=false")
            .require(code: 0)
        try await settle("another mysql", within: .seconds(180)) {
            let pods = try await state.pods(of: "mysql")
            let isNew = pods.contains {
                $0.at("metadata", "uid")?.text != old.at("metadata", "uid")?.text && ClusterState.isReady($0)
            }
            return isNew ? [] : ["no new pod of mysql is ready"]
        }
        let row = try await sql("SELECT word FROM lab.kept LIMIT 1; DROP DATABASE lab")
        row.expect(code: 0)
        row.expect(line: "stillhere")
        try await settle("all services", within: .seconds(60)) { try await state.missingServices() }
    }

    /// Runs SQL as root in MySQL's own pod, with the password that the pod has.
    func sql(_ statement: String) async throws -> Outcome {
        let pod = try #require(try await state.pods(of: "mysql").first)
        let client =
            #"MYSQL_PWD=$MYSQL_ROOT_PASSWORD exec mysql --host=127.0.0.1 --user=root --batch --execute="$1""#
        return try await state.kubectl(
            "exec", "--namespace", "openedx", pod.name, "--", "sh", "-c", client, "sh", statement)
    }
}
