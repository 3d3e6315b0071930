import 'uplot/dist/uPlot.min.css';
import './tokens.css';
import './parts.css';
import './sidebar.css';
import './list.css';
import './follow.css';
import './card.css';
import './watch.css';
