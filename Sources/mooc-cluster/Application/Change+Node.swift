import Console
import Manifests
import Playbook
import YAML

extension Change {
    /// The change for scripts.
    var json: Node {
        [
            "change": .string(kind.rawValue), "object": .string("\(id)"),
            "namespace": id.namespace.map { .string($0) } ?? .null,
            "fields": .sequence(
                fields.map { field in
                    [
                        "path": .string(field.path), "old": field.old.map { .string($0) } ?? .null,
                        "new": field.new.map { .string($0) } ?? .null,
                    ]
                }),
            "fetches": .sequence(fetches.map { .string($0) }),
        ]
    }

    /// The change for a person: a sign, the object, and a line for each field.
    func text(_ paint: Paint) -> String {
        let (sign, color): (String, Paint.Color) =
            switch kind {
            case .create: ("+", .green)
            case .update: ("~", .yellow)
            case .delete: ("-", .red)
            case .resize: ("!", .red)
            }
        let cure = size.map { "    \($0.words)\n" } ?? fields.map { "    \($0)\n" }.joined()
        return paint("\(sign) \(id)", color) + "\n" + cure
            + fetches.map { "    \(Forecast.Coming(image: $0).words)\n" }.joined()
    }
}
