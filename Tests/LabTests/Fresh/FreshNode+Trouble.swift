import Foundation
import Testing
import YAML

extension FreshNode {
    @Test("a full disk where images go: 1, the folder named before anything is changed")
    func fullDisk() async throws {
        let site = try await workstation("disk")
        let folder = "/var/lib/containerd"
        try await node.with("mount -t tmpfs -o size=64m tmpfs \(folder)", undo: "umount \(folder)") {
            try await expectRefusal(site, code: 1, line: folder)
        }
    }

    @Test("apt's lock is held: its holder is named and waited for; the run goes on when it is free")
    func busyAptLock() async throws {
        let site = try await workstation("lock")
        // apt's lock is a record lock of fcntl, which flock(1) does not take.
        let release = "kill $(cat /run/holder.pid) 2>/dev/null || true"
        try await node.with(
            """
            cat >/run/holder.pl <<'END'
            use Fcntl;
            $0 = "upgrader";
            open(my $file, ">>", "/var/lib/dpkg/lock-frontend") or die;
            my $lock = pack("s s x4 q q l x4", F_WRLCK, 0, 0, 0, 0);
            fcntl($file, F_SETLK, $lock) or die "no lock: $!";
            open(my $ready, ">", "/run/holder.ready");
            sleep 120;
            END
            setsid perl /run/holder.pl >/dev/null 2>&1 </dev/null &
            echo $! >/run/holder.pid
            for try in 1 2 3 4 5 6 7 8 9 10; do test -e /run/holder.ready && break; sleep 0.2; done
            test -e /run/holder.ready
            """, undo: release
        ) {
            let up = try site.start("up", "--yes")
            try await up.line("who holds the lock", within: .seconds(60)) { $0.contains("upgrader") }
            let installed = try await node.shell("dpkg -s containerd >/dev/null 2>&1")
            #expect(installed.code != 0, "nothing is installed past the lock")
            _ = try await node.read(release)
            // With the lock free the installation goes on, and Ctrl-C ends it in order: no cluster is needed here.
            try await up.reaches("the installation", within: .seconds(60)) {
                Processes.run(["apt-get", "install"], on: [Self.node])
            }
            up.signal(SIGINT)
            try await up.end(within: .seconds(120)).expect(code: 130)
        }
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
