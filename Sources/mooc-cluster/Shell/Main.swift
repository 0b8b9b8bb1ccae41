import FoundationEssentials
import Glibc
import SSH

/// The entry: gathers what is outside of the process, runs one command, and ends with its exit status.
@main
enum Main {
    static func main() async {
        // `mooc-cluster status | head -1` must not kill the process: writes report that the reader is gone.
        signal(SIGPIPE, SIG_IGN)
        CoreDumps.forbid()
        let status = await Launch(
            arguments: Array(CommandLine.arguments.dropFirst()),
            environment: ProcessInfo.processInfo.environment
        ).run()
        SSHThreads.joinAll()
        exit(status.code)
    }
}
