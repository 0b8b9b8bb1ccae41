import Foundation
import Testing
import YAML

extension ThisMachine {
    /// `openedx import-course` on this machine as the control plane, with a kubectl and a manage.py that are scripts.
    @Suite struct CourseTests {
        /// Answers for one ready pod of every service, and runs what is to run in it here, where bash, which calls
        /// manage.py, is a script that tells what it finds.
        private static let kubectl = #"""
            mkdir -p pod
            cat >pod/bash <<'END'
            #!/bin/sh
            echo "manage.py $4"
            [ -d "$5" ] || exit 8
            echo "$5" >folder
            cat "$6/course.xml" "$6/static/a b.txt"
            echo "it costs canary-courses-1"
            ! [ -e refused ] || exit 3
            END
            chmod 755 pod/bash
            case $1,$2 in
                get,pods) echo '{kind: List, items: [{metadata: {name: p}, status: {conditions: [{type: Ready, status: "True"}]}}]}' ;;
                get,secret) echo '{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {word: Y2FuYXJ5LWNvdXJzZXMtMQ==}}' ;;
                get,*) echo '{kind: List, items: []}' ;;
                exec,*)
                    while [ "$1" != -- ]; do shift; done
                    shift
                    PATH=$PWD/pod:$PATH exec "$@" ;;
            esac
            """#

        /// Writes a course, and what is not of it, below a folder.
        private func write(_ tool: Tool, below folder: String) throws {
            try tool.write(
                "<!-- a course -->\n<course display_org=\"No\" org='Campus'\n course=\"X-1\" url_name=\"2026\"/>\n",
                to: "\(folder)/course.xml")
            try tool.write("what the course says\n", to: "\(folder)/static/a b.txt")
            try tool.write("<course/>\n", to: "\(folder)/course/2026.xml")
        }

        private func pack(_ tool: Tool, _ folder: String) async throws -> String {
            let words = ["-c", "cd '\(tool.folder)' && tar -czf course.tar.gz \(folder)"]
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = words
            try process.run()
            process.waitUntilExit()
            return "course.tar.gz"
        }

        @Test(arguments: ["a folder", "below a folder", "an archive"])
        func aCourseReachesStudio(shape: String) async throws {
            try await withKubectl(Self.kubectl) { tool in
                try write(tool, below: shape == "a folder" ? "in" : "in/it's a course")
                let path = shape == "an archive" ? try await pack(tool, "in") : "in"
                let plan = try await tool.run(["openedx", "import-course", path, "--plan"])
                #expect(plan.status == 2, "\(plan.errors)")
                #expect(plan.output.hasPrefix("would bring course-v1:Campus+X-1+2026 into Studio"))
                #expect(!FileManager.default.fileExists(atPath: "\(tool.folder)/folder"))
                let outcome = try await tool.run(["openedx", "import-course", path])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output == "course-v1:Campus+X-1+2026 is in Studio\n")
                for line in ["manage.py import", "what the course says", "it costs ••••••"] {
                    #expect(outcome.errors.contains("\(line)\n"), "\(outcome.errors)")
                }
                let folder = try String(contentsOfFile: "\(tool.folder)/folder", encoding: .utf8)
                #expect(
                    !FileManager.default.fileExists(atPath: folder.trimmingCharacters(in: .newlines)),
                    "nothing stays in the pod")

                try tool.write("", to: "refused")
                let again = try await tool.run(["openedx", "import-demo", "--from", path])
                #expect(again.status == 1)
                #expect(again.errors.contains("Studio did not take course-v1:Campus+X-1+2026"))
            }
        }

        @Test func whatIsNoCourseIsRefusedBeforeAnythingIsAsked() async throws {
            try await withKubectl("echo asked >asked; exit 1") { tool in
                try tool.write("<library/>\n", to: "library/library.xml")
                try tool.write("<library/>\n", to: "named/course.xml")
                try tool.write("text\n", to: "text.tar.gz")
                try write(tool, below: "two/a")
                try write(tool, below: "two/b")
                for (path, words, status) in [
                    ("library", "no file there is course.xml", 65), ("named", "names no course", 65),
                    ("text.tar.gz", "no archive packed by gzip", 65),
                    ("two", "there are several courses", 65),
                    ("missing", "No such file", 1),
                ] as [(String, String, Int32)] {
                    let outcome = try await tool.run(["openedx", "import-course", path])
                    #expect(outcome.status == status, "\(path): \(outcome.errors)")
                    #expect(outcome.errors.contains(words), "\(path): \(outcome.errors)")
                }
                #expect(!FileManager.default.fileExists(atPath: "\(tool.folder)/asked"))
            }
        }
    }
}
