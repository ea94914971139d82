/// A pipeline on its way to the server, cut where a probe acts.
///
/// A value: it says what may be sent up to which point, and sends nothing.
struct ProbedPipeline {
    /// A point where the probe acts.
    struct Stop {
        /// The command, or the script, by its name.
        let command: String
        /// Where, seen from it.
        let moment: CommandProbe.Moment
        /// How much of the pipeline comes before the point.
        fileprivate let bytes: Int
        fileprivate let commands: Int
    }

    private let bytes: [UInt8]
    private let commands: Int
    private var stops: ArraySlice<Stop>
    private var taken = (bytes: 0, commands: 0)

    /// What `writer` holds; `nil` when the probe acts nowhere in it.
    init?(_ writer: CommandWriter, for probe: CommandProbe) {
        let stops = writer.sightings.flatMap { sighting in
            probe.momentsOfNextCommand().map { moment in
                let isBefore = moment == .before
                return Stop(
                    command: sighting.command, moment: moment,
                    bytes: isBefore ? sighting.start : writer.end(ofCommandAt: sighting.start),
                    commands: isBefore ? sighting.commands : sighting.commands + 1)
            }
        }
        if stops.isEmpty { return nil }
        self.stops = stops[...]
        bytes = writer.bytes
        commands = writer.commands
    }

    /// The point where the probe acts next; `nil` when it has acted everywhere.
    var nextStop: Stop? { stops.first }

    /// Takes what may be sent now: what is left before the next stop, or before the end.
    mutating func takePiece() -> (bytes: ArraySlice<UInt8>, commands: Int) {
        let end = nextStop.map { ($0.bytes, $0.commands) } ?? (bytes.count, commands)
        defer { taken = end }
        return (bytes[taken.bytes..<end.0], end.1 - taken.commands)
    }

    /// Goes beyond the next stop.
    mutating func passStop() { stops.removeFirst() }
}
