extension UnderLoad {
    /// Lets pods onto the control plane, and makes two StorageClasses with a volume for each claim, that of the proof
    /// included: a folder of the control plane, or one of whichever node the pod stands on.
    func makeVolumes() async throws {
        let shared = ["openedx-media", "openedx-media-private", "lms-data", "cms-data"]
        let own = Edition.verawood.stores.sorted() + ["caddy"]
        for node in Self.nodes {
            _ = try await node.read(
                "for claim in \((own + shared + ["proof"]).joined(separator: " ")); do install -d -m 1777 /srv/$claim; done"
            )
        }
        let affinity = """
              nodeAffinity:
                required:
                  nodeSelectorTerms:
                    - matchExpressions: [{ key: kubernetes.io/hostname, operator: In, values: [\(plane.name)] }]
            """
        let objects =
            ["lab-one", "lab-shared"].map(Self.storageClass)
            + (own + ["proof"]).map {
                Self.volume($0, "lab-one", "ReadWriteOnce", "  local: { path: /srv/\($0) }\n\(affinity)")
            }
            + shared.map {
                Self.volume($0, "lab-shared", "ReadWriteMany", "  hostPath: { path: /srv/\($0) }")
            }
        _ = try await plane.read(
            """
            export KUBECONFIG=/etc/kubernetes/admin.conf
            kubectl taint nodes \(plane.name) node-role.kubernetes.io/master-
            kubectl apply -f - <<'YAML'
            \(objects.joined(separator: "\n---\n"))
            YAML
            """)
    }

    private static func storageClass(_ name: String) -> String {
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: { name: \(name) }
        provisioner: kubernetes.io/no-provisioner
        """
    }

    private static func volume(_ claim: String, _ name: String, _ access: String, _ place: String) -> String {
        """
        apiVersion: v1
        kind: PersistentVolume
        metadata: { name: lab-\(claim) }
        spec:
          capacity: { storage: 100Gi }
          accessModes: [\(access)]
          storageClassName: \(name)
          persistentVolumeReclaimPolicy: Retain
          claimRef: { namespace: \(claim == "proof" ? "mooc-cluster-proof" : "openedx"), name: \(claim) }
        \(place)
        """
    }
}
