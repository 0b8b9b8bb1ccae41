import Foundation
import YAML

/// A JSON value as Foundation reads it, to compare with what our own parser reads.
enum JSONValue: Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Whether a node means the same.
    func isMeant(by node: Node) -> Bool {
        switch (self, node.content) {
        case (.array(let values), .sequence(let items)):
            return values.count == items.count && zip(values, items).allSatisfy { $0.isMeant(by: $1) }
        case (.object(let values), .mapping(let mapping)):
            return values.count == mapping.entries.count
                && mapping.entries.allSatisfy { values[$0.key]?.isMeant(by: $0.value) ?? false }
        case (_, .scalar(let scalar)):
            switch (self, scalar.resolved) {
            case (.null, .null): return true
            case (.bool(let value), .bool(let other)): return value == other
            case (.number(let value), .int(let other)): return value == Double(other)
            case (.number(let value), .float(let other)): return value == other
            case (.string(let value), .string(let other)):
                return value.unicodeScalars.elementsEqual(other.unicodeScalars)
            default: return false
            }
        default:
            return false
        }
    }

    /// The values of a text that holds any number of them one after the other.
    static func stream(_ text: String) throws -> [JSONValue] {
        try pieces(text).map { try JSONDecoder().decode(JSONValue.self, from: Data($0)) }
    }

    /// The texts of values, cut where brackets and quotes are closed, and at white space.
    private static func pieces(_ text: String) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var piece: [UInt8] = []
        var depth = 0
        var isQuoted = false
        var isEscaped = false
        for byte in text.utf8 {
            let isSpace = byte <= UInt8(ascii: " ")
            if !isQuoted, depth == 0, isSpace || byte == UInt8(ascii: "\"") {
                if !piece.isEmpty { pieces.append(piece) }
                piece = []
                if isSpace { continue }
            }
            piece.append(byte)
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: break
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }
}
