import YAML

/// What applications ask of the nodes of their cluster.
package struct Demand: Sendable {
    /// The size of the learning platform; nil where there is none.
    package var size: String?
    /// The sizes that are smaller, the smallest first.
    package var smaller: [String]
    /// The workloads.
    package var workloads: [Workload]

    /// Makes a demand.
    package init(size: String? = nil, smaller: [String] = [], workloads: [Workload]) {
        self.size = size
        self.smaller = smaller
        self.workloads = workloads
    }

    /// What some ask for together; nil where there are none.
    package init?(of demands: [Demand]) {
        guard let sized = demands.first(where: { $0.size != nil }) ?? demands.first else { return nil }
        self.init(size: sized.size, smaller: sized.smaller, workloads: demands.flatMap(\.workloads))
    }

    /// What the pods of one workload ask for.
    package struct Workload: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// How many pods run for good, or can where an autoscaler says how many; 0 for a job.
        package var copies: Int
        /// Whether it starts one pod more than these, for a roll-out or a job, which must find room as well.
        package var startsAnother: Bool
        /// Thousandths of a processor that a pod asks for.
        package var processors: Int
        /// MiB of memory that a pod asks for.
        package var memory: Int
        /// The node of its volumes, where its pods must stand; nil where they may stand on any.
        package var node: String?

        /// Makes one of its parts.
        package init(
            _ name: String, copies: Int, startsAnother: Bool, processors: Int, memory: Int, node: String?
        ) {
            self.name = name
            self.copies = copies
            self.startsAnother = startsAnother
            self.processors = processors
            self.memory = memory
            self.node = node
        }
    }
}

extension Demand.Workload {
    /// What a rendered workload asks for.
    ///
    /// - Parameters:
    ///   - object: the workload.
    ///   - most: how many pods it can have.
    ///   - nodes: the node of each claim whose volume lies on one.
    init(_ object: ManifestObject, most: Int, nodes: [String: String]) {
        func sum(_ resource: String, _ read: (String) -> Int?) -> Int {
            object.containers.reduce(0) { sum, container in
                sum + (container[path: ["resources", "requests", resource]]?.text.flatMap(read) ?? 0)
            }
        }
        let isJob = object.kind == "Job"
        let recreates = object.node[path: ["spec", "strategy", "type"]]?.text == "Recreate"
        self.init(
            object.name, copies: isJob ? 0 : most,
            startsAnother: isJob || object.kind == "Deployment" && most > 0 && !recreates,
            processors: sum("cpu", Quantity.thousandths), memory: sum("memory", Quantity.mebibytes),
            node: object.claims.compactMap { nodes[$0] }.first)
    }
}
