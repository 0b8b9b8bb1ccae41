internal import Inventory
internal import YAML

extension Edition {
    /// What pods that reach a store outside need for it.
    struct Reach {
        /// The store's name.
        let name: String
        /// Their label.
        let label: String
        /// The variable with the password, and the secret that it is; nil where they need none.
        let password: (variable: String, secret: String)?
        /// The variable with the user; nil where they need none.
        let userVariable: String?
        /// Whether they trust a given authority.
        let hasAuthority: Bool
    }

    /// What pods need for the stores that an inventory has outside.
    func reaches(for part: ApplicationPart) -> [Reach] {
        stores.compactMap { store in
            guard let outside = part.stores.last(where: { $0.name == store.name }) else { return nil }
            let login = store.login.flatMap { login in
                part.secrets.contains { $0.name == login.secret }
                    ? login.variable.map { ($0, login.secret) } : nil
            }
            return Reach(
                name: store.name, label: store.reaches, password: login,
                userVariable: login == nil ? nil : store.login?.userVariable,
                hasAuthority: outside.authority != nil)
        }
    }

    /// Passwords that are there with a login of a store outside alone, and that no store needs.
    func idlePasswords(_ reaches: [Reach]) -> [String] {
        stores.compactMap { store in
            guard let login = store.login, login.variable != nil else { return nil }
            return reaches.contains { $0.password?.secret == login.secret } ? nil : login.secret
        }
    }

    /// An object with what its pods need, or the ConfigMap with the certificates of authorities.
    func reaching(_ object: Node, _ reaches: [Reach]) -> Node {
        guard !reaches.isEmpty else { return object }
        var object = object
        let template = ["spec", "template"]
        if object["kind"]?.text == "ConfigMap", object[path: ["metadata", "name"]]?.text == authoritiesName {
            for reach in reaches where reach.hasAuthority {
                object[path: ["data", "\(reach.name).pem"]] = .string("${stores.\(reach.name).authority}")
            }
            return object
        }
        let own = reaches.filter {
            object[path: template + ["metadata", "labels", $0.label]]?.text == "yes"
        }
        let passwords = own.compactMap(\.password).map { variable, secret -> Node in
            [
                "name": .string(variable),
                "valueFrom": [
                    "secretKeyRef": ["name": .string(secretName), "key": .string(secret)]
                ],
            ]
        }
        let users = own.compactMap { reach -> Node? in
            reach.userVariable.map {
                ["name": .string($0), "value": .string("${stores.\(reach.name).user}")]
            }
        }
        let variables = passwords + users
        let folder = own.contains(where: \.hasAuthority) ? authorities?.folder : nil
        guard !variables.isEmpty || folder != nil else { return object }
        for kind in ["initContainers", "containers"] {
            let path = template + ["spec", kind]
            guard let containers = object[path: path]?.items else { continue }
            object[path: path] = .sequence(
                containers.map { container in
                    var container = container
                    container.append(variables, to: "env")
                    guard let folder else { return container }
                    container.append(
                        [["name": "authorities", "mountPath": .string(folder), "readOnly": true]],
                        to: "volumeMounts")
                    return container
                })
        }
        guard folder != nil, var pod = object[path: template + ["spec"]] else { return object }
        pod.append(
            [["name": "authorities", "configMap": ["name": .string(authoritiesName)]]], to: "volumes")
        object[path: template + ["spec"]] = pod
        return object
    }
}

extension Node {
    /// Puts items at the end of a list, which is made where it is not there.
    fileprivate mutating func append(_ items: [Node], to key: String) {
        guard !items.isEmpty else { return }
        self[key] = .sequence((self[key]?.items ?? []) + items)
    }
}
