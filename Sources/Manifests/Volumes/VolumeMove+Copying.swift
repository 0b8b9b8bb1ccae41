internal import YAML

extension VolumeMove {
    private static let pods = ["volume-move-source", "volume-move-target"]

    /// The name of the folder in the one that the pods have, which is the folder's parent on each node.
    private func name(of step: Step) -> String { String(step.folder.split(separator: "/").last ?? "") }

    private func parent(of step: Step) -> String { String(step.folder.dropLast(name(of: step).count + 1)) }

    /// Copies a folder to the new node, compares the two, and records that the copy is whole.
    ///
    /// - Throws: ``VolumeMoveError/copy(_:said:)``, and what asking the cluster throws.
    func copy(_ step: Step, from source: String) async throws {
        try await start(on: [source, target], step)
        let exec = "kubectl exec -i --namespace=\(rendered.namespace)"
        // An earlier copy that nothing was told of begins anew; a folder that somebody else has filled stays.
        let script = """
            set -eu
            export LC_ALL=C KUBECONFIG=/etc/kubernetes/admin.conf
            old() { \(exec) \(Self.pods[0]) -- sh -euc "$1" sh \(name(of: step)); }
            new() { \(exec) \(Self.pods[1]) -- sh -euc "$1" sh \(name(of: step)); }
            new 'cd /volumes
                [ ! -e "$1.arrived" ] || rm -rf "$1" "$1.arrived"
                if [ -n "$(ls -A "$1" 2>/dev/null)" ]; then echo "the folder there is not empty" >&2; exit 1; fi
                rm -rf "$1.moving"
                mkdir "$1.moving"' </dev/null
            old 'cd /volumes; ! [ -e "$1.moved-to-\(target)" ] ||
                { echo "$1.moved-to-\(target) of an earlier move is still there" >&2; exit 1; }' </dev/null
            old 'exec busybox tar -C "/volumes/$1" --numeric-owner -cf - .' </dev/null |
                new 'exec busybox tar -C "/volumes/$1.moving" --numeric-owner -xpf -'
            # What cannot be summed up is not the same.
            sum='busybox sha256sum /dev/null >/dev/null; busybox stat / >/dev/null
                { busybox find . ! -type s -exec busybox stat -c "%n %u %g %a" {} +
                busybox find . -type f -exec busybox sha256sum {} +; } | busybox sort | busybox sha256sum'
            before=$(old "cd \\"/volumes/\\$1\\"; $sum" </dev/null)
            after=$(new "cd \\"/volumes/\\$1.moving\\"; $sum" </dev/null)
            if [ "$before" != "$after" ]; then echo 'the copy is not the same' >&2; exit 1; fi
            new 'cd /volumes; : >"$1.arrived"; [ ! -d "$1" ] || rmdir "$1"; mv "$1.moving" "$1"; sync' </dev/null
            """
        let (code, said) = try await shell(script)
        guard code == 0 else {
            throw VolumeMoveError.copy(
                step.claim, said: said.split(separator: "\n").suffix(5).joined(separator: "\n"))
        }
        let record: Node = [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": .string(Self.record), "namespace": .string(rendered.namespace)],
            "data": [step.claim: .string(source)],
        ]
        // Another manager for each claim: server-side apply takes away what the same one does not name again.
        try await client.run(
            [
                "apply", "--server-side", "--force-conflicts",
                "--field-manager=\(Owner.manager)-\(step.claim)", "-f", "-",
            ], input: ClusterClient.list([ManifestObject(record)].compactMap(\.self)),
            for: "record the copy of \(step.claim)")
    }

    /// Gives the old folder a name that tells what it is.
    ///
    /// - Returns: that folder; none where it was named already.
    func finish(_ step: Step) async throws -> [Remainder] {
        guard let source = step.source else { return [] }
        try await start(on: [source, target], step)
        let marked = "\(name(of: step)).moved-to-\(target)"
        let move = #"cd /volumes; [ -e "$2" ] || mv "$1" "$2"; sync"#
        try await run(move, in: Self.pods[0], [name(of: step), marked])
        try await run(#"cd /volumes; rm -f "$1.arrived""#, in: Self.pods[1], [name(of: step)])
        return [Remainder(node: source, folder: "\(parent(of: step))/\(marked)")]
    }

    /// Takes the pods and the record away.
    func clean() async throws {
        try await client.run(
            ["delete"] + Self.pods.map { "pod/\($0)" } + ["configmap/\(Self.record)", "--ignore-not-found"]
                + place, for: "take the pods of the move away")
    }

    private func run(_ script: String, in pod: String, _ words: [String]) async throws {
        try await client.run(
            ["exec"] + place + [pod, "--", "sh", "-euc", script, "sh"] + words, for: "name the old folder")
    }

    /// Starts a pod on each of the two nodes, which has the parent of the folder.
    private func start(on nodes: [String], _ step: Step) async throws {
        try await client.run(
            ["delete"] + Self.pods.map { "pod/\($0)" } + ["--ignore-not-found", "--timeout=120s"] + place,
            for: "take the pods of an earlier move away")
        let pods = zip(Self.pods, nodes).map { name, node -> Node in
            [
                "apiVersion": "v1", "kind": "Pod",
                "metadata": ["name": .string(name), "namespace": .string(rendered.namespace)],
                "spec": [
                    // Bound by hand, and at home everywhere: it only copies.
                    "nodeName": .string(node), "tolerations": [["operator": "Exists"]],
                    // With 0 the cluster forgets a pod that still runs, and the next one of its name is taken for it.
                    "terminationGracePeriodSeconds": 1, "enableServiceLinks": false,
                    "automountServiceAccountToken": false, "restartPolicy": "Never",
                    "volumes": [
                        [
                            "name": "volumes",
                            "hostPath": ["path": .string(parent(of: step)), "type": "DirectoryOrCreate"],
                        ]
                    ],
                    "containers": [
                        [
                            "name": "copy", "image": .string(image), "imagePullPolicy": "IfNotPresent",
                            "command": ["sleep", "86400"],
                            "volumeMounts": [["name": "volumes", "mountPath": "/volumes"]],
                            "resources": ["requests": ["cpu": "10m", "memory": "32Mi"]],
                        ]
                    ],
                ],
            ]
        }.compactMap { ManifestObject($0) }
        _ = try await client.apply(pods, dryRun: false)
        let isReady = try await applier.poll(for: .seconds(180)) {
            let live = try await client.present(pods)
            return live.count == pods.count && live.allSatisfy(\.node.isReady)
        }
        guard isReady else {
            let words = try await client.present(pods).map { "\($0.name): \(Proof.words($0.node))" }
            throw VolumeMoveError.copy(step.claim, said: words.joined(separator: "\n"))
        }
    }
}
