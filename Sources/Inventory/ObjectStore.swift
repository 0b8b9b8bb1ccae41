import YAML

/// An object store outside of the cluster, which speaks S3.
package struct ObjectStore: Sendable, Hashable {
    /// How a bucket's name stands in the address: as the client chooses, in the path, or before the host's name.
    package enum Addressing: String, Sendable, CaseIterable { case auto, path, virtual }

    /// Its URL, without a login.
    package var endpoint: String
    /// Its region; nil where it has none.
    package var region: String?
    /// How buckets are addressed.
    package var addressing: Addressing
    /// Buckets that take the place of the edition's, by the edition's name for them.
    package var buckets: [Bucket]

    /// A bucket.
    package struct Bucket: Sendable, Hashable {
        /// The edition's name for it.
        package var name: String
        /// What it is called in the store.
        package var bucket: String

        /// Makes one.
        package init(name: String, bucket: String) {
            self.name = name
            self.bucket = bucket
        }
    }

    /// Makes one.
    package init(
        endpoint: String, region: String? = nil, addressing: Addressing = .auto, buckets: [Bucket] = []
    ) {
        self.endpoint = endpoint
        self.region = region
        self.addressing = addressing
        self.buckets = buckets
    }

    /// Reads `s3` of a part; nil where it is not there, or wrong.
    static func read(
        _ reader: inout MappingReader, of edition: Cluster.Surroundings.KnownEdition?, given: [String]
    ) -> ObjectStore? {
        guard var inner = reader.mapping("s3", what: "'s3' of \(reader.what)") else { return nil }
        defer { inner.finish() }
        let endpoint = inner.requiredString(
            "endpoint", as: .openURL(orElse: "the keys are secrets of their own"))
        let region = inner.string("region", as: .label)
        let addressing = inner.choice("addressing", of: Addressing.allCases.map(\.rawValue))
        let buckets = inner.texts("buckets", as: .hostName).map { Bucket(name: $0.key, bucket: $0.value) }
        for entry in inner.value("buckets")?.entries ?? [] {
            guard let known = edition?.buckets, !known.contains(entry.key) else { continue }
            ApplicationPart.unknown(entry.key, "bucket", among: known, inner, "buckets", at: entry.keyMark)
        }
        for key in edition?.bucketSecrets ?? [] where !given.contains(key) {
            reader.diagnostics.error(
                "files are in an object store, so its secret '\(key)' cannot be made up",
                at: reader.mark(of: "s3"), cure: "give it in 'secrets' of \(reader.what)")
        }
        return endpoint.map {
            ObjectStore(
                endpoint: $0, region: region, addressing: addressing.flatMap(Addressing.init) ?? .auto,
                buckets: buckets)
        }
    }
}
