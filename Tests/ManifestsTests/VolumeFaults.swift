import Inventory
import Manifests
import Testing
import YAML

/// Faults of the original's volumes, by their number in the list of its faults.
@Suite struct VolumeFaults {
    static let storages = [Ironwood.local, Ironwood.nfs]

    @Test(arguments: storages) func b10ClaimsAndVolumesNameEachOther(storage: OpenEdXStorage) throws {
        let rendered = try Ironwood.rendered(storage)
        let claims = rendered.all("PersistentVolumeClaim")
        #expect(Set(claims.map(\.name)) == Set(rendered.all("PersistentVolume").map(\.name)))
        for claim in claims {
            let volume = try rendered.one("PersistentVolume", claim.name)
            #expect(claim.node[path: ["spec", "volumeName"]]?.text == volume.name)
            #expect(claim.node[path: ["spec", "storageClassName"]]?.text == "")
            #expect(volume.node[path: ["spec", "claimRef", "name"]]?.text == claim.name)
            #expect(volume.node[path: ["spec", "claimRef", "namespace"]]?.text == claim.namespace)
            #expect(volume.node[path: ["spec", "storageClassName"]]?.text == "")
        }
        let mounted = Set(rendered.workloads.flatMap(\.claims))
        #expect(mounted == Set(claims.map(\.name)), "every claim is used, and every used claim is there")
    }

    @Test func b11LocalVolumesAreTiedToTheirNode() throws {
        let rendered = try Ironwood.rendered {
            $0.volumeNodes = [(claim: "mongo-data", node: "node2")]
        }
        for volume in rendered.all("PersistentVolume") {
            let path = ["spec", "nodeAffinity", "required", "nodeSelectorTerms"]
            let term = try #require(volume.node[path: path]?.items?.first)
            let expression = try #require(term["matchExpressions"]?.items?.first)
            #expect(expression["key"]?.text == "kubernetes.io/hostname")
            let node = volume.name == "mongo-data" ? "node2" : "node1"
            #expect(expression["values"]?.items?.compactMap(\.text) == [node])
            #expect(rendered.folders.contains { $0.path.hasSuffix("/\(volume.name)") && $0.node == node })
        }
    }

    @Test func b11NFSVolumesAreReachedFromEveryNode() throws {
        for volume in try Ironwood.rendered(Ironwood.nfs).all("PersistentVolume") {
            #expect(volume.node[path: ["spec", "nodeAffinity"]] == nil)
            #expect(volume.node[path: ["spec", "nfs", "server"]]?.text == "198.51.100.50")
            #expect(
                volume.node[path: ["spec", "nfs", "path"]]?.text == "/srv/openedx/openedx/\(volume.name)")
        }
    }

    @Test func b12NoVolumeHidesTheCodeOfAnImage() throws {
        let code = [
            "/edx/app/edxapp/edx-platform", "/edx/app/credentials/credentials",
            "/edx/app/discovery/discovery", "/edx/app/ecommerce/ecommerce",
            "/edx/app/edx_notes_api/edx_notes_api", "/edx/app/forum/cs_comments_service",
            "/edx/app/gradebook", "/edx/src",
        ]
        for workload in try Ironwood.rendered().workloads {
            let persistent = Set(
                workload.volumes.filter { $0["persistentVolumeClaim"] != nil }.compactMap { $0["name"]?.text }
            )
            for mount in workload.containers.flatMap({ $0["volumeMounts"]?.items ?? [] }) {
                let path = try #require(mount["mountPath"]?.text)
                if persistent.contains(mount["name"]?.text ?? "") {
                    #expect(!code.contains { path == $0 || path.hasPrefix($0 + "/node_modules") }, "\(path)")
                }
            }
        }
    }

    @Test(arguments: storages) func b13NoFolderLiesInAnother(storage: OpenEdXStorage) throws {
        let paths = try Ironwood.rendered(storage).folders.map(\.path)
        #expect(Set(paths).count == paths.count)
        for path in paths {
            #expect(!paths.contains { $0.hasPrefix(path + "/") })
        }
    }

    @Test func b14LMSAndStudioHaveStaticFilesOfTheirOwn() throws {
        let rendered = try Ironwood.rendered()
        let lms = try rendered.one("Deployment", "lms").claims
        let studio = try rendered.one("Deployment", "studio").claims
        #expect(lms.contains("edxapp-lms-assets") && !lms.contains("edxapp-studio-assets"))
        #expect(studio.contains("edxapp-studio-assets") && !studio.contains("edxapp-lms-assets"))
    }

    @Test func b15FoldersLieUnderOneRoot() throws {
        let rendered = try Ironwood.rendered()
        for volume in rendered.all("PersistentVolume") {
            let path = volume.node[path: ["spec", "local", "path"]]?.text
            #expect(path == "/var/lib/mooc-cluster/openedx/\(volume.name)")
            #expect(volume.node[path: ["spec", "hostPath"]] == nil)
        }
        let lines = rendered.folders.filter { $0.node == "node1" }.map(\.line)
        #expect(lines.contains("0750 999:999 /var/lib/mooc-cluster/openedx/mysql-data"))
        #expect(!rendered.folders.contains { $0.node == "node2" })
    }

    @Test(arguments: storages) func b16VolumesAreRetained(storage: OpenEdXStorage) throws {
        for volume in try Ironwood.rendered(storage).all("PersistentVolume") {
            #expect(volume.node[path: ["spec", "persistentVolumeReclaimPolicy"]]?.text == "Retain")
        }
    }

    @Test func b17VolumeAndClaimHaveOneSizeOfGigabytes() throws {
        let rendered = try Ironwood.rendered()
        for claim in rendered.all("PersistentVolumeClaim") {
            let size = claim.node[path: ["spec", "resources", "requests", "storage"]]?.text
            let volume = try rendered.one("PersistentVolume", claim.name)
            #expect(volume.node[path: ["spec", "capacity", "storage"]]?.text == size)
            #expect(size?.hasSuffix("Gi") == true)
        }
    }

    @Test(arguments: storages) func b18DatabasesAreForOneWriter(storage: OpenEdXStorage) throws {
        let rendered = try Ironwood.rendered(storage)
        for name in ["mysql-data", "mongo-data", "elasticsearch-data", "devpi-data"] {
            for kind in ["PersistentVolume", "PersistentVolumeClaim"] {
                let modes = try rendered.one(kind, name).node[path: ["spec", "accessModes"]]?.items
                #expect(modes?.compactMap(\.text) == ["ReadWriteOnce"])
            }
        }
    }

    @Test func b18BrowsersShareOneClaim() throws {
        let rendered = try Ironwood.rendered(Ironwood.nfs)
        #expect(try rendered.one("Deployment", "chrome").claims == ["browser-uploads"])
        #expect(try rendered.one("Deployment", "firefox").claims == ["browser-uploads"])
        let modes = try rendered.one("PersistentVolume", "browser-uploads").node[path: [
            "spec", "accessModes",
        ]]
        #expect(modes?.items?.compactMap(\.text) == ["ReadWriteMany"])
    }

    @Test func b19NoMountLiesInAnother() throws {
        for workload in try Ironwood.rendered().workloads {
            let kept = Set(
                workload.volumes.filter { $0["persistentVolumeClaim"] != nil }.compactMap { $0["name"]?.text }
            )
            for container in workload.containers {
                let mounts = (container["volumeMounts"]?.items ?? []).filter {
                    kept.contains($0["name"]?.text ?? "")
                }
                let paths = mounts.compactMap { $0["mountPath"]?.text }
                for path in paths {
                    #expect(!paths.contains { $0.hasPrefix(path + "/") }, "\(workload.name)")
                }
            }
        }
    }

    @Test func b19aElasticsearchKeepsDataAndNoLogs() throws {
        let elasticsearch = try Ironwood.rendered().one("StatefulSet", "elasticsearch")
        #expect(elasticsearch.claims == ["elasticsearch-data"])
    }
}
