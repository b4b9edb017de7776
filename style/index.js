import './base.css';
import './tree.css';
import './plot.css';
import './output.css';
