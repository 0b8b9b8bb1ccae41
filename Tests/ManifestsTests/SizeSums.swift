import Manifests
import Testing
import YAML

/// What adds up in the objects of a size, and what does not.
struct SizeSums {
    /// What is asked for, or may be taken, by all pods together.
    struct Totals: Hashable {
        /// Thousandths of processors that are asked for.
        var processors = 0
        /// MiB that are asked for.
        var memory = 0
        /// MiB that may be taken.
        var limit = 0
    }

    /// MiB that one process of LMS or Studio takes: 400 MB.
    private static let process = 382
    /// Processes of those services whose image says how many.
    private static let imageProcesses = ["credentials": 2, "discovery": 2, "notes": 2, "xqueue": 2]

    /// The objects.
    let rendered: Rendered
    /// The size that they are of.
    let size: Edition.Size

    /// What does not add up.
    var troubles: [String] {
        get throws { try connections() + processes() + shares() + learners() + autoscalers() }
    }

    /// What all services together ask for.
    var totals: Totals {
        get throws {
            var totals = Totals()
            for service in rendered.services {
                let copies = service.replicas
                totals.processors += try copies * amount("requests", "cpu", of: service)
                totals.memory += try copies * amount("requests", "memory", of: service)
                totals.limit += try copies * amount("limits", "memory", of: service)
            }
            return totals
        }
    }

    /// Connections while everything is rolled out at once, when the old pods end beside the new, are what MySQL takes.
    private func connections() throws -> [String] {
        let budget = try #require(size.connections)
        var troubles: [String] = []
        var opened = 0
        for service in rendered.services where service.podLabels["mooc-cluster/reaches-mysql"] == "yes" {
            // Celery's parent may ask the database too.
            let own =
                service.number(after: "--concurrency=").map { $0 + 1 } ?? service.webProcesses
                ?? Self.imageProcesses[service.name]
            let count = try #require(own, "\(service.name)")
            if budget.ofPods.first(where: { $0.service == service.name })?.count != count {
                troubles.append("\(service.name) opens \(count) connections, and the size says otherwise")
            }
            opened += 2 * service.replicas * count
        }
        let takes = try rendered.one("StatefulSet", "mysql").number(after: "--max-connections=")
        if takes != opened + budget.reserve {
            troubles.append("MySQL takes \(takes ?? 0) connections, not \(opened) + \(budget.reserve)")
        }
        return troubles
    }

    /// Processes fit into what is asked for when they start, and into the limit when they are replaced.
    private func processes() throws -> [String] {
        let ini = try #require(
            try Verawood.uwsgi.split(separator: "\n").first { $0.contains("reload-on-rss") })
        let reload = try #require(ini.split(separator: " ").last.flatMap { Int($0) })
        return try rendered.services.flatMap { service -> [String] in
            var most = reload
            var count = service.webProcesses
            if let number = service.number(after: "--concurrency=") {
                count = number
                most = try #require(service.number(after: "--max-memory-per-child=")) / 1024
            }
            guard let count else { return [] }
            let asked = try amount("requests", "memory", of: service)
            let limit = try amount("limits", "memory", of: service)
            var troubles: [String] = []
            if count * Self.process > asked { troubles.append("\(service.name) asks for too little memory") }
            if count * most + Self.process > limit {
                troubles.append("the limit of \(service.name) is too low")
            }
            return troubles
        }
    }

    /// The shares of their memory that stores are told to use.
    private func shares() throws -> [String] {
        var troubles: [String] = []
        func check(_ name: String, _ used: Int?, _ share: (Int, Int), holds: Bool = true) throws {
            let store = try rendered.one("StatefulSet", name)
            let used = try #require(used, "\(name)")
            let limit = try amount("limits", "memory", of: store)
            if used != limit * share.0 / share.1 {
                troubles.append("\(name) uses \(used) of \(limit) MiB")
            }
            if holds, used > (try amount("requests", "memory", of: store)) {
                troubles.append("\(name) asks for less than it will take")
            }
        }
        func configured(_ name: String) throws -> Int? {
            let text = try rendered.one("ConfigMap", "\(name)-config").node[path: ["data", "redis.conf"]]?
                .text
            let line = text?.split(separator: "\n").first { $0.hasPrefix("maxmemory ") }
            return line?.dropFirst("maxmemory ".count).dropLast(2).number
        }
        let mysql = try rendered.one("StatefulSet", "mysql")
        let pool = mysql.argument(after: "--innodb-buffer-pool-size=")
        try check("mysql", pool?.dropLast().number, (3, 5))
        let words = try rendered.one("StatefulSet", "mongodb").containers.first?["args"]?.texts ?? []
        try check("mongodb", words.last.flatMap { Double($0) }.map { Int($0 * 1024) }, (3, 8))
        try check("redis", configured("redis"), (3, 4), holds: false)
        try check("redis-cache", configured("redis-cache"), (3, 4))
        if let search = rendered.services.first(where: { $0.name == "elasticsearch" }) {
            let options = search.variable("ES_JAVA_OPTS")?.split(separator: " ") ?? []
            try check("elasticsearch", options.last?.dropFirst(4).dropLast().number, (1, 2))
            if options.first?.dropFirst(4) != options.last?.dropFirst(4) { troubles.append("the heap grows") }
        }
        return troubles
    }

    /// A learner asks for something every 30 s that takes a process 0.3 s; processes are to be busy for 60 % of the time.
    private func learners() throws -> [String] {
        let lms = try rendered.one("Deployment", "lms")
        let processes = lms.replicas * (lms.webProcesses ?? 0)
        let needed = Double(size.users) / 30 * 0.3 / 0.6
        return Double(processes) < needed
            ? ["\(size.users) learners need \(needed) processes of the LMS"] : []
    }

    /// A pod that grows with its load is busy when 350 thousandths of a processor a process are taken.
    private func autoscalers() -> [String] {
        (size.values.entries ?? []).compactMap { pod in
            guard let processes = pod.value["processes"]?.text.flatMap({ Int($0) }) else { return nil }
            let busy = pod.value["busy"]?.text.flatMap(Quantity.thousandths)
            return busy == 350 * processes ? nil : "\(pod.key) is busy at \(busy ?? 0)"
        }
    }

    private func amount(_ what: String, _ resource: String, of service: ManifestObject) throws -> Int {
        try service.containers.reduce(0) { sum, container in
            let text = try #require(
                container[path: ["resources", what, resource]]?.text, "\(service.name) \(resource)")
            let read = resource == "cpu" ? Quantity.thousandths(text) : Quantity.mebibytes(text)
            return sum + (try #require(read, "\(service.name): \(text)"))
        }
    }
}

extension ManifestObject {
    /// How many pods of it run.
    var replicas: Int { Int(node[path: ["spec", "replicas"]]?.text ?? "") ?? 0 }
    /// The processes of uWSGI, where it is told how many.
    var webProcesses: Int? { variable("UWSGI_WORKERS").flatMap { Int($0) } }

    /// A variable of its containers' environment.
    func variable(_ name: String) -> String? {
        containers.lazy.flatMap { $0["env"]?.items ?? [] }.first { $0["name"]?.text == name }?["value"]?.text
    }

    /// The rest of the argument that starts like this.
    func argument(after start: String) -> String? {
        pod.texts.first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }

    /// The number in the argument that starts like this.
    func number(after start: String) -> Int? { argument(after: start).flatMap { Int($0) } }
}

extension Substring {
    /// The number that it is.
    fileprivate var number: Int? { Int(self) }
}
