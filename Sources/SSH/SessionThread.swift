internal import CLibSSH
internal import Glibc
internal import Synchronization

/// Runs an actor's jobs on one thread of its own, so that they may block in C.
///
/// The thread holds only the queue, and each queued job holds the executor: the executor's end is the
/// thread's end.
final class SessionThread: SerialExecutor {
    private let queue = JobQueue()

    /// Starts the thread.
    init() {
        SSHThreads.start(queue)
    }

    deinit { queue.add(nil) }

    /// Puts a job at the end of the thread's queue.
    func enqueue(_ job: consuming ExecutorJob) {
        queue.add((UnownedJob(job), self))
    }
}

/// The threads of all sessions.
package enum SSHThreads {
    private struct Register {
        var running: [pthread_t] = []
        var ended: [pthread_t] = []
    }

    private static let register = Mutex(Register())
    /// Room for OpenSSL's big numbers and for what a caller does with output; the default of 8 MB would be 4
    /// GB for 500.
    private static let stackBytes = 1 << 20

    /// Waits until every session's thread has ended; the last act of `main`, after all sessions are let go.
    ///
    /// A thread that still frees its session while the process exits meets locks that OpenSSL's exit handler
    /// has already freed, and the process dies by SIGSEGV.
    ///
    /// - Parameter seconds: how long it waits at most, so that a session that somebody kept cannot hold the
    ///   exit up.
    /// - Returns: whether all have ended.
    @discardableResult
    package static func joinAll(withinSeconds seconds: Int = 10) -> Bool {
        var until = timespec()
        clock_gettime(CLOCK_REALTIME, &until)
        until.tv_sec += seconds
        let all = register.withLock { register in
            defer { register = Register() }
            return register.running + register.ended
        }
        return all.reduce(true) { pthread_timedjoin_np($1, nil, &until) == 0 && $0 }
    }

    /// Starts a thread that works off a queue, and frees those that have ended.
    fileprivate static func start(_ queue: JobQueue) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stackBytes)
        defer { pthread_attr_destroy(&attributes) }
        register.withLock { register in
            for thread in register.ended { pthread_join(thread, nil) }
            register.ended = []
            var thread = pthread_t()
            let status = pthread_create(
                &thread, &attributes,
                { argument in
                    guard let argument else { return nil }
                    // libssh writes to an agent that may have gone away.
                    var pipe = sigset_t()
                    sigemptyset(&pipe)
                    sigaddset(&pipe, SIGPIPE)
                    pthread_sigmask(SIG_BLOCK, &pipe, nil)
                    Unmanaged<JobQueue>.fromOpaque(argument).takeRetainedValue().run()
                    SSHThreads.end()
                    return nil
                }, Unmanaged.passRetained(queue).toOpaque())
            precondition(status == 0, "no thread for an SSH session: \(String(cString: strerror(status)))")
            register.running.append(thread)
        }
    }

    private static func end() {
        let thread = pthread_self()
        register.withLock { register in
            // Whoever took the list in joinAll() joins this thread by itself.
            guard let index = register.running.firstIndex(of: thread) else { return }
            register.running.remove(at: index)
            register.ended.append(thread)
        }
    }
}

/// The jobs of one thread, in order; nil ends it.
private final class JobQueue: Sendable {
    private let jobs = Mutex<[(UnownedJob, SessionThread)?]>([])
    /// Only the pointer is shared; the semaphore behind it is made for use by several threads.
    private nonisolated(unsafe) let ready = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(ready, 0, 0) }

    deinit {
        sem_destroy(ready)
        ready.deallocate()
    }

    func add(_ job: (UnownedJob, SessionThread)?) {
        jobs.withLock { $0.append(job) }
        sem_post(ready)
    }

    func run() {
        while true {
            while sem_wait(ready) != 0 {}  // a signal may interrupt it
            guard let (job, executor) = jobs.withLock({ $0.removeFirst() }) else { return }
            job.runSynchronously(on: executor.asUnownedSerialExecutor())
        }
    }
}
