import Foundation
import Testing
import YAML

extension FreshNode {
    @Test("a full disk where images go: 1, the folder named before anything is changed")
    func fullDisk() async throws {
        let site = try await workstation("disk")
        _ = try await node.read("mount -t tmpfs -o size=64m tmpfs /var/lib/containerd")
        do { try await expectRefusal(site, code: 1, line: "/var/lib/containerd") } catch {
            _ = try await node.shell("umount /var/lib/containerd")
            throw error
        }
        _ = try await node.read("umount /var/lib/containerd")
    }

    @Test("apt's lock is held: its holder is named and waited for; the run goes on when it is free")
    func busyAptLock() async throws {
        let site = try await workstation("lock")
        // apt's lock is a record lock of fcntl, which flock(1) does not take.
        _ = try await node.read(
            """
            cat >/run/holder.pl <<'END'
            use Fcntl;
            $0 = "upgrader";
            open(my $file, ">>", "/var/lib/dpkg/lock-frontend") or die;
            fcntl($file, F_SETLK, pack("s! s! x4 q q i x4", F_WRLCK, 0, 0, 0, 0)) or die "no lock: $!";
            open(my $ready, ">", "/run/holder.ready");
            sleep 120;
            END
            rm -f /run/holder.ready
            setsid perl /run/holder.pl >/dev/null 2>&1 </dev/null &
            echo $! >/run/holder.pid
            for try in 1 2 3 4 5 6 7 8 9 10; do test -e /run/holder.ready && break; sleep 0.2; done
            test -e /run/holder.ready
            """)
        let up = try site.start("up", "--yes")
        do {
            try await up.line("who holds the lock", within: .seconds(60)) { $0.contains("upgrader") }
        } catch {
            _ = try await node.shell("kill $(cat /run/holder.pid)")
            throw error
        }
        let installed = try await node.shell("dpkg -s containerd >/dev/null 2>&1")
        #expect(installed.code != 0, "nothing is installed past the lock")
        _ = try await node.shell("kill $(cat /run/holder.pid)")
        // It needs no cluster: with the lock free the installation goes on, and Ctrl-C ends it in order.
        try await Processes.appears("apt-get", "install", on: [node], within: .seconds(60))
        up.signal(SIGINT)
        try await up.end(within: .seconds(120)).expect(code: 130)
        try await node.packagesAreWhole().expect(code: 0)
    }

    @Test("a package mirror that nobody answers at: 1, its address named, the package manager in order")
    func unreachableMirror() async throws {
        let mirror = "http://198.51.100.1:9/core:/stable:/v1.20/deb/"
        let site = try await workstation("mirror") { $0.root["mirrors"]?["kubernetes"] = .string(mirror) }
        let up = try await site.run("up", "--yes", within: .seconds(240))
        up.expect(code: 1)
        up.expect(line: "198.51.100.1:9")
        try await node.packagesAreWhole().expect(code: 0)
        let left = try await node.shell("ls /etc/kubernetes/*.conf; dpkg -s kubeadm")
        #expect(!left.output.contains("install ok installed"), "no part of Kubernetes is installed")
        // Nothing half done: what was written does not stand in the way of apt.
        try await node.shell("apt-get -q update", within: .seconds(120)).expect(code: 0)
    }
}
