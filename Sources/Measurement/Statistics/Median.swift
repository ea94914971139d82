extension Collection<Double> {
    /// The middle value, of two in the middle the lower: one of the values; `nil` of none.
    package var lowerMedian: Double? { isEmpty ? nil : sorted()[(count - 1) / 2] }

    /// The middle value, or the mean of the two in the middle; `nil` of none.
    package var median: Double? {
        let values = sorted()
        guard let last = values.indices.last else { return nil }
        return (values[last / 2] + values[values.count / 2]) / 2
    }
}
