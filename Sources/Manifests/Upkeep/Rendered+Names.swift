internal import YAML

extension Rendered {
    /// What runs for good, in the order in which it is started.
    package var services: [ManifestObject] { waves.flatMap(\.objects).filter { $0.kind != "Job" } }

    /// What runs once, in the order in which it is started.
    package var jobs: [ManifestObject] { waves.flatMap(\.objects).filter { $0.kind == "Job" } }

    /// The service of a name.
    ///
    /// - Throws: ``UnknownName`` when there is none.
    package func service(_ name: String) throws(UnknownName) -> ManifestObject {
        guard let service = services.first(where: { $0.name == name }) else {
            throw UnknownName(kind: "service", name: name, known: services.map(\.name).sorted())
        }
        return service
    }

    /// The job of a name, without what the rendering puts behind it.
    ///
    /// - Throws: ``UnknownName`` when there is none.
    package func job(_ name: String) throws(UnknownName) -> ManifestObject {
        guard let job = jobs.first(where: { $0.shortName == name }) else {
            throw UnknownName(kind: "job", name: name, known: jobs.map(\.shortName))
        }
        return job
    }

    /// The service that `manage.py` runs in for a part of the platform, and how it is called there.
    ///
    /// - Throws: ``UnknownName`` when the edition has no such part.
    package func manage(
        _ part: String, in edition: Edition
    ) throws(UnknownName) -> (service: ManifestObject, command: [String]) {
        guard let way = edition.manage.first(where: { $0.part == part }) else {
            throw UnknownName(kind: "manage.py", name: part, known: edition.manage.map(\.part))
        }
        return (try service(way.service), way.command)
    }
}

extension ManifestObject {
    /// The name that people know it by: a Job's own name ends in a checksum of what it does, and its label does not.
    package var shortName: String {
        node[path: ["metadata", "labels", "app.kubernetes.io/name"]]?.text ?? name
    }

    /// Where it is, as kubectl takes it.
    var place: [String] { namespace.map { ["--namespace=\($0)"] } ?? [] }

    /// The labels that its pods have and no others.
    var selector: String {
        if kind == "Job" { return "--selector=job-name=\(name)" }
        let labels = node[path: ["spec", "selector", "matchLabels"]]?.entries ?? []
        return "--selector=" + labels.map { "\($0.key)=\($0.value.text ?? "")" }.joined(separator: ",")
    }

    /// The image of its first container.
    var image: String { containers.first?["image"]?.text ?? "" }
}
