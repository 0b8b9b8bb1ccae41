/// The part of a Kubernetes version that decides which APIs there are.
package struct KubernetesMinor: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The number before the dot.
    package let major: Int
    /// The number after it.
    package let minor: Int

    /// Takes the two numbers.
    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `1.36`, `1.36.2` or `v1.36.2`; nil when it is none of them.
    package init?(_ text: String) {
        let parts = (text.hasPrefix("v") ? text.dropFirst() : text[...]).split(separator: ".")
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1]) else { return nil }
        self.init(major, minor)
    }

    /// `1.36`.
    package var description: String { "\(major).\(minor)" }

    /// Orders by age.
    package static func < (left: KubernetesMinor, right: KubernetesMinor) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

/// Which API version an object has in a Kubernetes version.
enum APIVersion {
    /// Kinds that had another API version before a Kubernetes version (deprecation guide of kubernetes.io).
    private static let former: [(kind: String, version: String, before: KubernetesMinor)] = [
        ("PodDisruptionBudget", "policy/v1beta1", KubernetesMinor(1, 21)),
        ("CronJob", "batch/v1beta1", KubernetesMinor(1, 21)),
        ("HorizontalPodAutoscaler", "autoscaling/v2beta2", KubernetesMinor(1, 23)),
    ]

    /// The version to send: the one that is written, or the one that a Kubernetes before it knows.
    static func of(_ kind: String, written: String, kubernetes: KubernetesMinor?) -> String {
        guard let kubernetes else { return written }
        return former.first { $0.kind == kind && kubernetes < $0.before }?.version ?? written
    }
}
