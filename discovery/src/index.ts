// The public face of discovery: other rooms import from here and from nowhere else in this room.
export {
  explainTrending,
  standardAttention,
  type TrendingReasons,
  trendingDays,
  trendingScore,
} from './trending.ts';
