import Foundation
import Testing

extension ClusterLife {
    @Test("no secret was in a process's arguments, here or on a node, while `up` and `node add` ran")
    func notInProcessLists() {
        #expect(Self.canary.sightings.isEmpty)
    }

    @Test("no secret is in a log, an event, what `render` prints, or the run's state on this side")
    func notOnThisSide() async throws {
        let render = try await site.run("render")
        render.expect(code: 0)
        let inventory = try site.inventoryFile
        // The inventory is where the secrets come from; the tests' own input files are gone already.
        let files = Self.canary.files(below: Lab.here.work) { $0 == inventory }
        #expect(files.isEmpty)
        let mode = try FileManager.default.attributesOfItem(atPath: inventory)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("no secret is in a node's logs, nor in a file of a node that others may read")
    func notOnTheNodes() async throws {
        let patterns = Self.canary.secrets.joined(separator: "\n")
        for node in Self.nodes {
            // Pods' mounts and images are Kubernetes' own; everything that set-up writes lies in these folders.
            let found = try await node.read(
                """
                umask 077
                cat >/root/patterns <<'END'
                \(patterns)
                END
                grep -rlaF -f /root/patterns /etc /opt /usr/local /home /root /tmp /var/tmp /var/log /var/spool \
                    /var/lib/mooc-cluster /run/systemd /run/mooc-cluster 2>/dev/null | grep -v '^/root/patterns$' |
                    while read -r file; do
                        case $file in /var/log/*) echo "log $file"; continue ;; esac
                        mode=$(stat -c %a "$file" 2>/dev/null) || continue
                        case $mode in 600|400) ;; *) echo "$mode $file" ;; esac
                    done
                journalctl -q --no-pager 2>/dev/null | grep -aF -f /root/patterns || true
                rm /root/patterns
                """)
            #expect(found.isEmpty, "\(node)")
        }
    }
}
