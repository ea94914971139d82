extension Step {
    /// The step in words, for example `W1 LMOVE t1` or `lease of W1.2 expires`.
    package func label(in kind: ProtocolKind) -> String {
        let who = actor.name
        let said = (command?.name(in: kind) ?? "") + about
        return switch happening {
        case .proceeds: command == .place ? "\(who) runs\(about) and places its message" : "\(who) \(said)"
        case .unheard: "\(who) \(said), its reply is lost"
        case .delayed: "\(who) \(said) is still on its way when the connection is lost"
        case .refused: "\(who) \(said) is refused with an error"
        case .fails: "\(who) runs\(about), which throws"
        case .abandons: "\(who) lets its claim go"
        case .arrives: "\(said) arrives after all"
        case .dies: "\(who) dies\(place(in: kind))"
        case .pauses: "\(who) is suspended\(place(in: kind))"
        case .resumes: "\(who) goes on"
        case .starts: "\(who) starts anew"
        case .stops: "\(who) is told to stop"
        case .expires: kind == .lease || kind == .stream ? "lease of\(about) expires" : "lock of\(about) expires"
        case .isDue: "delay of\(about) ends"
        case .saves: "Redis saves"
        case .rollsBack: "Redis rolls back"
        }
    }

    private func place(in kind: ProtocolKind) -> String {
        let boundary = boundary(in: kind)
        return boundary.isEmpty ? "" : " at " + boundary
    }

    /// The claim that it is about, if it is about one: which start of a worker, and which of its claims.
    var claimName: String? {
        happening == .expires && subject > Step.nothing ? "c\(subject >> 4).\(subject & 15)" : nil
    }

    /// A task by its number from 1, a claim by its worker's start and its request.
    private var about: String {
        if subject == Self.nothing { return "" }
        if let claimName { return " " + claimName }
        return " t\(subject + 1)"
    }
}
