import Testing
import YAML

extension Beside {
    /// What `doctor` finds on two bare nodes.
    ///
    /// They have one clock, one kernel and the same processors, memory and firewall, so nothing can be wrong with these.
    /// Whoever takes these nodes next wipes them.
    @Suite("Planted faults")
    struct PlantedFaults {
        private let plane = LabNode(6)
        private let worker = LabNode(7)

        @Test("`doctor` finds nothing on sound nodes, and there each fault that was planted")
        func plantedFaultsAreFound() async throws {
            for node in [plane, worker] { try await node.wipe() }
            let site = try Workstation("faults")
            try await site.prepare([plane, worker]) {
                $0.root["kubernetes"]?["podNetwork"] = "10.244.0.0/16"
                $0.root["kubernetes"]?["serviceNetwork"] = "10.96.0.0/12"
            }
            try await expect([], in: site)
            try await plant()
            try await expect(
                [
                    "MiB free for /var/lib/containerd", "/var/lib/containerd is mounted noexec",
                    "inodes free for /var/lib/kubelet", "/var/lib/etcd is mounted read-only",
                    "port 6443 is taken", "k3s is set up on the host",
                    "a reboot is asked for by linux-image", "apt is locked by process",
                    "/etc/resolv.conf names this host itself",
                    "podNetwork 10.244.0.0/16 overlaps the route to 10.244.8.0/24",
                    "serviceNetwork 10.96.0.0/12 holds the host's own address 10.96.0.7/32",
                    "it has \(plane.address), the address of \(plane)", "have the same machine-id",
                    "have the same hardware address", "links of different MTU: 1400, 1500",
                ], in: site)
            _ = try await plane.read("ip route del default")
            try await expect(["there is no default route"], in: site, others: true)
        }

        /// Expects findings with these words, and no others unless that is allowed.
        private func expect(_ words: [String], in site: Workstation, others: Bool = false) async throws {
            let outcome = try await site.run("doctor", "--no-pairs", "--output", "json")
            let report = try #require(
                YAMLParser.document(outcome.output, file: "doctor", diagnostics: Diagnostics()), "\(outcome)")
            let hosts = report["hosts"]?.items ?? []
            #expect(hosts.count == 2 && hosts.allSatisfy { $0["reached"]?.text == "true" }, "\(outcome)")
            let lists = hosts.map { $0["findings"]?.items ?? [] } + [report["findings"]?.items ?? []]
            var found = lists.flatMap { $0 }.compactMap { $0["message"]?.text }
            // How fast the disk is depends on what else the machine does.
            found.removeAll { $0.contains("on etcd's disk") }
            for word in words {
                let index = found.firstIndex { $0.contains(word) }
                #expect(index != nil, "\(word)")
                if let index { found.remove(at: index) }
            }
            if !others { #expect(found.isEmpty) }
        }

        private func plant() async throws {
            _ = try await plane.read(
                """
                set -eu
                mount -t tmpfs -o size=64m,noexec tmpfs /var/lib/containerd
                mount -t tmpfs -o nr_inodes=1000 tmpfs /var/lib/kubelet
                mount -t tmpfs -o ro tmpfs /var/lib/etcd
                touch /etc/systemd/system/k3s.service
                echo linux-image >/run/reboot-required.pkgs
                echo nameserver 127.0.0.1 >/run/resolv.conf
                mount --bind /run/resolv.conf /etc/resolv.conf
                cat >/run/holder.pl <<'END'
                use Fcntl;
                use Socket;
                socket(my $port, PF_INET, SOCK_STREAM, 0) or die;
                bind($port, sockaddr_in(6443, INADDR_ANY)) or die;
                listen($port, 1) or die;
                # apt's lock is a record lock of fcntl
                open(my $file, ">>", "/var/lib/dpkg/lock-frontend") or die;
                my $lock = pack("s s x4 q q l x4", F_WRLCK, 0, 0, 0, 0);
                fcntl($file, F_SETLK, $lock) or die;
                open(my $ready, ">", "/run/holder.ready") or die;
                sleep 600;
                END
                setsid perl /run/holder.pl >/dev/null 2>&1 </dev/null &
                for try in 1 2 3 4 5 6 7 8 9 10; do test -e /run/holder.ready && break; sleep 0.2; done
                test -e /run/holder.ready
                """)
            let identity = try await plane.read("cat /etc/machine-id /sys/class/net/host0/address")
                .split(separator: "\n")
            let (machine, hardware) = (try #require(identity.first), try #require(identity.last))
            _ = try await worker.read(
                """
                set -eu
                echo \(machine) >/run/machine-id
                mount --bind /run/machine-id /etc/machine-id
                ip link set host0 mtu 1400
                ip link add twin address \(hardware) type bridge
                ip route add 10.244.8.0/24 dev host0
                ip addr add 10.96.0.7/32 dev host0
                # The other node goes on being the one that answers at its address.
                sysctl -qw net.ipv4.conf.all.arp_ignore=1
                ip addr add \(plane.address)/32 dev lo
                """)
        }
    }
}
