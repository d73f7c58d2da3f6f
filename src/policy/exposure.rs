//! Search: how a market's demand is shared out among its sellers.

/// How search turns sellers' weights into shares of demand.
#[derive(Clone, Debug, PartialEq)]
pub enum Exposure {
    /// In proportion to attractiveness times penalty.
    Proportional,
    /// By position in the ranking of attractiveness times penalty: position k has exposure k^-exponent.
    /// Equal weights share the exposure of their positions equally.
    Position {
        /// Zipf exponent, greater than 0.
        exponent: f64,
    },
    /// By position, with these click shares; positions beyond the table have its last entry.
    Clicks(Vec<f64>),
}

impl Exposure {
    /// The ranking of so many sellers, before anybody has a weight.
    pub fn ranking(&self, sellers: usize) -> Ranking {
        let exposure = |position: usize| match self {
            Self::Proportional => 1.0,
            Self::Position { exponent } => (position as f64).powf(-exponent),
            Self::Clicks(table) => table[(position - 1).min(table.len() - 1)],
        };
        Ranking { exposures: (1..=sellers).map(exposure).collect(), order: (0..sellers as u32).collect() }
    }

    /// The share of demand of each seller: non-negative, summing to 1 unless every weight is 0.
    ///
    /// `weights` and `shares` have one entry a seller; `ranking` is that of [`Self::ranking`], which any weights may
    /// have passed through before.
    pub fn shares(&self, weights: &[f64], shares: &mut [f64], ranking: &mut Ranking) {
        match self {
            Self::Proportional => shares.copy_from_slice(weights),
            Self::Position { .. } | Self::Clicks(_) => by_position(weights, shares, ranking),
        }
        let total: f64 = shares.iter().sum();
        if total > 0.0 {
            for share in shares.iter_mut() {
                *share /= total;
            }
        }
    }
}

/// Sellers in the order of their latest weights, and the exposure of each position.
#[derive(Clone, Debug)]
pub struct Ranking {
    exposures: Vec<f64>,
    order: Vec<u32>,
}

/// Gives each seller the mean exposure of the positions that its weight shares; weight 0 is not listed.
fn by_position(weights: &[f64], shares: &mut [f64], ranking: &mut Ranking) {
    let Ranking { exposures, order } = ranking;
    let weight = |seller: u32| weights[seller as usize];
    // The order of the day before is nearly that of today, which a sort that looks for runs has soon put right.
    order.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
    let mut first = 0;
    while first < order.len() {
        let level = weight(order[first]);
        let tied =
            order[first..].iter().take_while(|&&seller| weight(seller).total_cmp(&level).is_eq()).count();
        let listed = if level > 0.0 { 1.0 } else { 0.0 };
        let sum: f64 = exposures[first..first + tied].iter().sum();
        for &seller in &order[first..first + tied] {
            shares[seller as usize] = listed * sum / tied as f64;
        }
        first += tied;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares_of(exposure: &Exposure, weights: &[f64]) -> Vec<f64> {
        let mut shares = vec![0.0; weights.len()];
        exposure.shares(weights, &mut shares, &mut exposure.ranking(weights.len()));
        shares
    }

    #[test]
    fn demand_is_conserved_and_equal_weights_have_equal_shares() {
        for exposure in [
            Exposure::Proportional,
            Exposure::Position { exponent: 1.0 },
            Exposure::Clicks(vec![0.3, 0.15, 0.1]),
        ] {
            let shares = shares_of(&exposure, &[2.0, 1.0, 2.0, 0.0]);
            assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert_eq!(shares[0].to_bits(), shares[2].to_bits());
            assert!(shares[0] > shares[1]);
            assert!(shares[3].abs() < 1e-12, "weight 0 is not shown");
        }
    }

    #[test]
    fn earlier_weights_do_not_show_in_a_ranking() {
        let exposure = Exposure::Position { exponent: 1.0 };
        let mut ranking = exposure.ranking(4);
        let mut shares = [0.0; 4];
        for weights in
            [[4.0, 3.0, 2.0, 1.0], [1.0, 1.0, 5.0, 0.0], [2.0, 2.0, 2.0, 2.0], [0.0, 1.0, 4.0, 1.0]]
        {
            exposure.shares(&weights, &mut shares, &mut ranking);
            assert_eq!(shares.to_vec(), shares_of(&exposure, &weights));
        }
    }

    #[test]
    fn positions_have_zipf_exposure() {
        let shares = shares_of(&Exposure::Position { exponent: 1.0 }, &[1.0, 3.0, 2.0]);
        assert!((shares[1] / shares[0] - 3.0).abs() < 1e-12);
        assert!((shares[1] / shares[2] - 2.0).abs() < 1e-12);
    }

    #[test]
    fn positions_have_the_clicks_of_their_place_in_the_table_and_its_last_entry_beyond() {
        let shares = shares_of(&Exposure::Clicks(vec![0.5, 0.3, 0.1]), &[1.0, 4.0, 2.0, 3.0]);
        for (share, expected) in shares.iter().zip([0.1, 0.5, 0.1, 0.3]) {
            assert!((share - expected).abs() < 1e-12, "{shares:?}");
        }
    }

    #[test]
    fn where_nobody_has_weight_nobody_has_a_share() {
        for exposure in [Exposure::Proportional, Exposure::Position { exponent: 1.0 }] {
            assert_eq!(shares_of(&exposure, &[0.0, 0.0]), [0.0, 0.0]);
        }
    }
}
