import Glibc

/// The memory of this process holds passwords and keys, which no crash may leave on a disk.
enum CoreDumps {
    /// Forbids core dumps of this process and of what it starts, for good: soft and hard limit are 0 (setrlimit(2));
    /// systemd-coredump and apport, which the kernel hands dumps to regardless, keep to that limit too.
    static func forbid() {
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }
}
