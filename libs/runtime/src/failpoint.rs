//! What only the fault tests turn on: the worst moments at which a process can die.

/// Ends the process here and now when the environment names this moment in `MOTCUA_FAILPOINT`. Does nothing in a release build
/// without the feature `failpoints`.
#[inline]
pub fn failpoint(moment: &str) {
    #[cfg(any(debug_assertions, feature = "failpoints"))]
    if std::env::var_os("MOTCUA_FAILPOINT").is_some_and(|named| named == moment) {
        tracing::warn!(moment, "the process dies here, as it was told to");
        std::process::abort();
    }
    #[cfg(not(any(debug_assertions, feature = "failpoints")))]
    let _ = moment;
}
