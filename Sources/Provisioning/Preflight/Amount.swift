import Manifests

/// Processors and memory.
struct Amount {
    /// Thousandths of a processor.
    var processors: Int
    /// MiB.
    var memory: Int

    /// Makes one of its parts.
    init(processors: Int, memory: Int) {
        self.processors = processors
        self.memory = memory
    }

    /// What one pod asks for.
    init(_ workload: Demand.Workload) { self.init(processors: workload.processors, memory: workload.memory) }

    /// What all pods of workloads ask for.
    init(ofAll workloads: [Demand.Workload]) {
        self.init(
            processors: workloads.reduce(0) { $0 + $1.copies * $1.processors },
            memory: workloads.reduce(0) { $0 + $1.copies * $1.memory })
    }

    /// Takes some of it away.
    static func -= (left: inout Amount, right: Amount) {
        left.processors -= right.processors
        left.memory -= right.memory
    }

    /// Whether there is as much of both.
    func fits(into other: Amount) -> Bool { processors <= other.processors && memory <= other.memory }

    /// In words, rounded up.
    var asNeeded: String { words(hundredths: (processors + 9) / 10) }
    /// In words, rounded down.
    var asLeft: String { words(hundredths: max(processors, 0) / 10) }

    private func words(hundredths: Int) -> String {
        let part = hundredths % 100
        return "\(hundredths / 100).\(part < 10 ? "0" : "")\(part) processors and \(max(memory, 0)) MiB"
    }
}
