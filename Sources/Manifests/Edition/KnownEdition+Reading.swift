package import Inventory
internal import YAML

extension Cluster.Surroundings.KnownEdition {
    /// The names that the `edition.yml` of a folder below `manifests/` gives; nil where there is none that can be read.
    ///
    /// Only that file is read, and what is wrong with it is not said: whoever renders the edition says it.
    package init?(folder: String, in files: [ManifestFile]) {
        let path = "manifests/\(folder)/edition.yml"
        guard let file = files.first(where: { $0.path == path }),
            let head = YAMLParser.document(file.text, file: path, diagnostics: Diagnostics()),
            head.entries != nil
        else { return nil }
        func names(_ key: String) -> [String] { (head[key]?.entries ?? []).map(\.key) }
        func texts(_ node: Node?) -> [String] { (node?.items ?? []).compactMap(\.text) }
        self.init(
            images: names("images"), replicas: names("replicas"), claims: names("claims"),
            secrets: names("secrets"), options: texts(head["options"]), services: names("services"),
            ended: (head["ended"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") },
            tls: (head["tls"]?["choices"]?.entries ?? []).map { ($0.key, texts($0.value["needs"])) },
            edges: (head["edge"]?["choices"]?.entries ?? []).map {
                ($0.key, texts($0.value["needs"]), texts($0.value["tls"]))
            },
            stores: (head["stores"]?.entries ?? []).map { store in
                let login = store.value["login"]
                return KnownStore(
                    name: store.key, given: texts(store.value["given"]), password: login?["secret"]?.text,
                    needsUser: login != nil && login?["user"] == nil, tls: texts(store.value["tls"]),
                    needsAuthority: store.value["authority"]?.text == "required",
                    more: (store.value["more"]?.entries ?? []).map(\.key))
            },
            sizes: (head["sizes"]?.entries ?? []).map { ($0.key, $0.value.text.flatMap { Int($0) } ?? 0) },
            autoscalers: (head["autoscaler"]?["choices"]?.entries ?? []).map(\.key),
            buckets: (head["s3"]?["buckets"]?.entries ?? []).map(\.key),
            bucketSecrets: texts(head["s3"]?["secrets"]))
    }
}
