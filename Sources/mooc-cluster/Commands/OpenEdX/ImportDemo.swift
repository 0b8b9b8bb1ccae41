import ArgumentParser
import Manifests
import Provisioning

/// The command `openedx import-demo`.
struct ImportDemo: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-demo", abstract: "Bring the demonstration course of the release into Studio.",
        discussion: """
            Nothing is downloaded: fetch the archive where there is a way to the Internet, and name it with --from. \
            Without --from, the archive's address is said. Else it is `openedx import-course`.

            Examples:
              curl -fLo demo.tar.gz https://github.com/openedx/openedx-demo-course/archive/release/verawood.1.tar.gz
              mooc-cluster openedx import-demo --from demo.tar.gz
            """)

    @Option(
        help: ArgumentHelp("The archive of the demonstration course, or its folder.", valueName: "path"),
        completion: .file())
    var from: String?

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        guard let from else {
            let address = application.edition.demoCourse
            throw Complaint(
                .usage,
                "nothing is downloaded: fetch the demonstration course\(address.map { " from \($0)" } ?? "")"
                    + ", and name the file with --from")
        }
        let file = try await CourseFile.read(from, context)
        let operation = Operation("openedx-import-demo", site, hosts, context, streams: true)
        return try await operation.importCourse(file, into: application, plan, lock, common.output)
    }
}
