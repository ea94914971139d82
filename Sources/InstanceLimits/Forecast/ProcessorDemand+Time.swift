extension ProcessorDemand {
    /// It in the time of a machine for which so many seconds are one that goes by.
    package func stretched(by timeScale: Double) -> ProcessorDemand {
        ProcessorDemand(
            pieces.map { Piece(seconds: $0.seconds * timeScale, processors: $0.processors) }, leftover)
    }

    /// It on a machine that has no more than so many processors.
    ///
    /// What is beyond that is left out: work that waits for it would wait for ever.
    package func capped(to processors: Double) -> ProcessorDemand {
        ProcessorDemand(
            pieces.map { Piece(seconds: $0.seconds, processors: min(processors, $0.processors)) }, leftover)
    }
}
