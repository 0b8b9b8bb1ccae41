import Glibc

/// A thread for work that blocks, which must not hold one of the few threads that tasks share.
enum BackgroundThread {
    /// Runs work on a new thread; without one to be had, on the caller's.
    static func start(_ work: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(work))
        var thread = pthread_t()
        let error = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().work() }
                return nil
            }, box.toOpaque())
        guard error == 0 else {
            box.takeRetainedValue().work()
            return
        }
        pthread_detach(thread)
    }

    private final class Box: Sendable {
        let work: @Sendable () -> Void

        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }
}
