/// Something that was seen in a drill, and when: in milliseconds since 1970, by the clock of the control plane.
struct DrillEvent: Sendable, Hashable {
    /// What was seen.
    enum Kind: Sendable, Hashable {
        /// A request to a service ended; nil is that it was answered.
        case request(service: String, milliseconds: Int, failure: String?)
        /// The ready addresses of a service are these now.
        case endpoints(service: String, addresses: Set<String>)
        /// A pod is like this now.
        case pod(name: String, node: String?, isReady: Bool, isGoing: Bool)
        /// A node is like this now.
        case node(name: String, isReady: Bool)
    }

    /// When; of a request, when it began.
    let at: Int
    /// What.
    let kind: Kind

    /// Reads a line of `drill.pl` after its token; nil where it is none.
    init?(_ line: Substring) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count > 2, let at = Int(words[1]) else { return nil }
        self.at = at
        func word(_ index: Int) -> String? {
            words.indices.contains(index) && words[index] != "<none>" ? words[index] : nil
        }
        switch (words[0], words.count) {
        case ("request", 5):
            kind = .request(
                service: words[2], milliseconds: Int(words[3]) ?? 0,
                failure: words[4] == "ok" ? nil : words[4])
        case ("endpoints", 4...5):
            let addresses = (word(4) ?? "").split(separator: ",").map(String.init)
            kind = .endpoints(service: "\(words[2])/\(words[3])", addresses: Set(addresses))
        case ("pod", 7):
            kind = .pod(
                name: "\(words[2])/\(words[3])", node: word(4), isReady: words[5] == "True",
                isGoing: word(6) != nil)
        case ("node", 4): kind = .node(name: words[2], isReady: words[3] == "True")
        default: return nil
        }
    }
}
