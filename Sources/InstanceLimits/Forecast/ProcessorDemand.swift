/// How many processors' worth of time some work asks for as time goes by: a course that begins again when it is over.
package struct ProcessorDemand: Hashable, Sendable {
    /// A length of time for which it asks for the same.
    package struct Piece: Hashable, Sendable {
        /// How long, in seconds of the machine's time.
        package let seconds: Double
        /// Processors' worth of time.
        package let processors: Double

        /// A piece of the given values.
        package init(seconds: Double, processors: Double) {
            (self.seconds, self.processors) = (seconds, processors)
        }
    }

    /// What becomes of work that a machine was too slow for.
    package enum Leftover: Hashable, Sendable {
        /// It waits: the work arrives by a schedule of its own, and has to be done all the same.
        case waits
        /// There is none: whoever asks goes on when it gets there, as with a backlog.
        case isNone
    }

    /// The course, none of its pieces empty.
    package let pieces: [Piece]
    /// What becomes of work that was not done in its time.
    package let leftover: Leftover

    /// How long the course is, in seconds.
    package let seconds: Double
    /// Processors' worth of time on average.
    package let meanProcessors: Double

    /// A demand of work that arrives by that course.
    ///
    /// - Precondition: it takes some time.
    package init(arriving pieces: [Piece]) { self.init(pieces, .waits) }

    /// A demand that is always the same.
    package init(steady processors: Double, leftover: Leftover) {
        self.init([Piece(seconds: 3600, processors: processors)], leftover)
    }

    init(_ pieces: [Piece], _ leftover: Leftover) {
        let pieces = pieces.filter { $0.seconds > 0 }
        precondition(!pieces.isEmpty && pieces.allSatisfy { $0.processors >= 0 }, "a demand has a course")
        let seconds = pieces.reduce(0) { $0 + $1.seconds }
        self.pieces = pieces
        self.leftover = leftover
        self.seconds = seconds
        meanProcessors = pieces.reduce(0) { $0 + $1.seconds * $1.processors } / seconds
    }
}
