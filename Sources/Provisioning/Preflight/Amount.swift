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
