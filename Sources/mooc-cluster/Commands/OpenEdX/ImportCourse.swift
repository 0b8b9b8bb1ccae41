import ArgumentParser
import Console
import Manifests
import Provisioning
import YAML

/// The command `openedx import-course`.
struct ImportCourse: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-course", abstract: "Bring a course from this machine into Studio.",
        discussion: """
            It takes what Studio exports, or a folder or archive with one such course in it. It travels on standard \
            input to a pod of Studio, which needs no way to the Internet, and `manage.py cms import` takes it. A \
            course of the same key gets this content. What searches courses learns of it by the button Reindex in \
            Studio.

            Examples:
              mooc-cluster openedx import-course course.tar.gz
            """)

    @Argument(help: "A .tar.gz, or a folder.", completion: .file())
    var path: String

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let file = try await CourseFile.read(path, context)
        let operation = Operation("openedx-import-course", site, hosts, context, streams: true)
        return try await operation.importCourse(file, into: application, plan, lock, common.output)
    }
}

extension Operation {
    /// Brings a course into Studio, and says what Studio says meanwhile.
    ///
    /// - Returns: how the process ends.
    /// - Throws: ``Complaint`` when Studio does not take it, and what asking the cluster throws.
    func importCourse(
        _ file: CourseFile, into application: Application, _ plan: PlanOptions, _ lock: LockOptions,
        _ format: OutputFormat
    ) async throws -> ExitStatus {
        try await alone(lock, unless: plan) {
            let access = try await clusterAccess()
            let upkeep = try await upkeep(application, access)
            let key = file.course.key
            let arguments = try await upkeep.importing(file.course)
            let size = "\(max(1, file.packed.count / 1000)) kB"
            let result: Node = ["course": .string(key), "bytes": .int(file.packed.count)]
            guard !plan.isOn else {
                conclude(
                    result,
                    text: "would bring \(key) into Studio, \(size); a course of this key gets this content\n",
                    format)
                return .pending
            }
            console.say("bringing \(key) into Studio, \(size)")
            let code = try await access.say(arguments, input: file.packed)
            guard code == 0 else {
                throw Complaint(.failed, "Studio did not take \(key): manage.py ended with \(code)")
            }
            conclude(result, text: "\(key) is in Studio\n", format)
            return .done
        }
    }
}
