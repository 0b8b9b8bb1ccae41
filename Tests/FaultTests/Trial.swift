import Foundation
import Glibc
import TestSupport

/// One fault tried out: a run that it comes in, and the run after that.
struct Trial: Sendable {
    /// The fault.
    let fault: Fault
    /// What it has to end as.
    let whole: Undisturbed

    /// What comes of it.
    func finding() async throws -> Finding {
        do {
            return try await Scene.with(fault.login) { try await finding(in: $0) }
        } catch let error as Scene.Overdue {
            return .wrong("a run did not end: \(error.errors)\n\(error.lines)")
        }
    }

    private func finding(in scene: Scene) async throws -> Finding {
        let (first, hasCome) = try await disturbed(scene)
        guard hasCome else { return .missed }
        if let why = complaint(about: first, scene) { return .wrong(why) }
        let second = try await scene.play()
        guard second.status == 0 else {
            return .wrong("the next run ended with \(second.status): \(second.errors)")
        }
        // A program that nobody hears ends on its own, and its follower with it.
        do { try await eventually { scene.host.processes.isEmpty } } catch is NeverCame {
            return .wrong("left behind: \(scene.host.processes)")
        }
        let listing = try scene.listing()
        guard listing == whole.listing else {
            return .wrong("in the end there is\n\(listing)\ninstead of\n\(whole.listing)")
        }
        guard scene.overlaps.isEmpty else { return .wrong("at once: \(scene.overlaps)") }
        // Only what is ended in its midst may begin again.
        if fault.kind != .stop, fault.kind != .power, scene.applies != whole.applies {
            return .wrong("applied:\n\(scene.applies)\ninstead of\n\(whole.applies)")
        }
        return first.status == 0 ? .repaired : .byTheNext
    }

    /// Runs the tool with the fault in it, and says whether that came in time.
    private func disturbed(_ scene: Scene) async throws -> (Scene.Ended, Bool) {
        var hasCome = false
        switch fault.kind {
        case .cut:
            scene.relay.cut(afterBytes: fault.place)
            let ended = try await scene.play()
            return (ended, scene.relay.cuts > 0)
        case .resume:
            let ended = try await scene.play { _, count in
                guard !hasCome, count >= whole.resumeLine else { return }
                hasCome = true
                scene.relay.cut(afterBytes: 1, fault.place)
            }
            return (ended, scene.relay.cuts > 1)
        case .kill, .stop:
            let signal = fault.kind == .kill ? SIGKILL : SIGINT
            let ended = try await scene.play { pid, count in
                guard !hasCome, count >= fault.place else { return }
                hasCome = true
                kill(pid, signal)
            }
            return (ended, ended.status == 128 + SIGKILL || ended.status == 130)
        case .power:
            let ended = try await scene.play { _, count in
                guard !hasCome, count >= fault.place else { return }
                hasCome = true
                try await scene.host.loseItsPower()
            }
            return (ended, hasCome)
        }
    }

    /// What is wrong about the way the disturbed run itself ended.
    private func complaint(about first: Scene.Ended, _ scene: Scene) -> String? {
        switch fault.kind {
        case .kill, .stop: return nil
        case .cut, .resume, .power: break
        }
        // Until it was connected once, it says that it cannot be; from then on it repairs that itself.
        let wasConnected = first.lines.contains { $0.contains("\"event\":\"connected\"") }
        guard first.status == 0 || (first.status == 69 && !wasConnected) else {
            return "the run ended with \(first.status): \(first.errors)"
        }
        guard first.status == 0, fault.kind != .power else { return nil }
        let story = scene.story(first.lines)
        return story == whole.story
            ? nil
            : "it told\n\(story.joined(separator: "\n"))\ninstead of\n\(whole.story.joined(separator: "\n"))"
    }
}
