import ArgumentParser

/// The options of commands that change the cluster, of which one runs at a time.
struct LockOptions: ParsableArguments {
    @Flag(help: "End another run on this cluster and go on in its place; it stops as at Ctrl-C first.")
    var takeOver = false
}
